import type { ChainRateLimit } from '../../../main/hosts/link/chain-rate-limit.ts';
import { heldBackForMs } from '../../../main/hosts/link/failure-backoff.ts';
import {
  afterAnsweredRead,
  afterFailedRead,
  afterOutcome,
  afterSkew,
  type LinkState,
  type Moment,
  startingLink,
  withoutWait,
} from '../../../main/hosts/link/link-state.ts';
import { afterNewDay, isQuotaSpent } from '../../../main/hosts/link/pauses.ts';
import type { IncrementReply, Outcome, ReadFailure } from '../../../main/hosts/port/member-host.ts';
import type { SendCandidate } from '../../../main/ledger/types.ts';
import { mayBegin } from '../../../main/sending/plan.ts';
import type { Prng } from '../prng.ts';
import type { ChainHost, Heard } from './chain-host.ts';
import type { Events } from './events.ts';
import type { Policy } from './policies.ts';

export interface FleetTillParts {
  readonly events: Events;
  readonly host: ChainHost;
  readonly policy: Policy;
  readonly pace: ChainRateLimit;
  readonly prng: Prng;
  readonly startUnixMs: number;
  /** How far this PC's clock is off, and what it has heard of that from KYBIO; null where nothing yet. */
  readonly clockOffMs: number;
  readonly heardSkewMs: number | null;
  /** Each entry is looked at before it is sent, as one that waited over a start is (ADR 26). */
  readonly looksFirst: boolean;
  /** Planted: an entry whose reply was lost is sent again as if it had not been sent. */
  readonly sendsAgain?: boolean;
}

export interface FleetTill {
  /** Made so long ago; just now, while the shop is open, where that is nothing. */
  add(entry: number, ageMs: number): void;
  /** The program runs; `wasOffline`: since long before. */
  start(wasOffline: boolean): void;
  networkIsBack(): void;
  readonly open: number;
  /** When each of its entries was settled, after it was made. */
  readonly settled: readonly { readonly atMs: number; readonly afterMs: number }[];
  readonly link: LinkState;
}

const HEARTBEAT_MS = 30_000;
const QUIESCENCE_MS = 150_000;
const MEMBERS = 25;
const DAY_MS = 86_400_000;

const noReply: IncrementReply = {
  customerUid: null,
  balanceBeforeUpdate: null,
  balanceAfterUpdate: null,
  pointBeforeUpdate: null,
  pointAfterUpdate: null,
  dataChangeTime: null,
  updateCustomerTime: null,
};

function outcomeOf(heard: Heard): Outcome {
  const notApplied = {
    kind: 'not-applied',
    sent: true,
    pause: null,
    retryAfterMs: null,
    messages: [],
  } as const;
  switch (heard.kind) {
    case 'applied':
    case 'read':
      return { kind: 'applied', reply: noReply };
    case 'overloaded':
      return { ...notApplied, cause: 'overloaded', retryAfterMs: heard.retryAfterMs };
    case 'quota':
      return { ...notApplied, cause: 'quota', pause: 'quota' };
    case 'not-connected':
      return { ...notApplied, cause: 'dns', sent: false };
    case 'lost':
      return { kind: 'unknown', cause: 'reply-lost', pause: null, messages: [], reply: null };
  }
}

const failureOf = (heard: Heard): ReadFailure | null => {
  if (heard.kind === 'read' || heard.kind === 'applied') return null;
  const said = { pause: null, messages: [] };
  if (heard.kind === 'not-connected') return { ...said, kind: 'not-connected', cause: 'dns' };
  if (heard.kind === 'quota') return { ...said, kind: 'paused', cause: 'quota', pause: 'quota' };
  return { ...said, kind: 'no-answer', cause: heard.kind === 'lost' ? 'reply-lost' : 'overloaded' };
};

interface Waiting extends SendCandidate {
  readonly entry: number;
}

/** One till: the shipped link, plan, brake and turns, with an outbox of numbers in the place of its database. */
export function createFleetTill(parts: FleetTillParts): FleetTill {
  const { events, host, prng, startUnixMs, clockOffMs } = parts;
  let link: LinkState = startingLink;
  let waiting: Waiting[] = [];
  const undecided: { readonly of: Waiting; readonly fromMs: number }[] = [];
  const busy = new Set<string>();
  const looked = new Set<number>();
  const settled: { atMs: number; afterMs: number }[] = [];
  let [inFlight, calls, open] = [0, 0, 0];
  let [probing, looking, isPassDue] = [false, false, false];
  let askedAtUnixMs = Number.NEGATIVE_INFINITY;
  let cancel = (): void => undefined;

  const clock = {
    nowMs: () => Math.floor(startUnixMs + events.now() + clockOffMs),
    monotonicMs: events.now,
  };
  const moment = (): Moment => ({ nowMs: clock.nowMs(), monotonicMs: events.now(), unit: prng.unit() });
  const sender = parts.policy.create({
    link: {
      get state() {
        return link;
      },
    },
    ...{ clock, unit: prng.unit, pace: parts.pace },
    callsForEntries: () => calls,
    callsAtFirst: parts.looksFirst ? 2 : 1,
  });

  const call = (entry: number | null, heard: (heard: Heard) => void) => {
    const startedAtMs = clock.nowMs();
    calls += 1;
    host.call(entry, (said) => {
      if ('dateMs' in said) {
        const skewMs = Math.round(said.dateMs + 500 - (startedAtMs + clock.nowMs()) / 2);
        link = afterSkew(link, skewMs);
      }
      heard(said);
      look();
    });
  };

  const settle = (of: Waiting) => {
    open -= 1;
    settled.push({ atMs: events.now(), afterMs: clock.nowMs() - of.createdAtMs });
  };
  const wait = (of: Waiting) => {
    const later = waiting.findIndex(({ sequence }) => sequence > of.sequence);
    waiting.splice(later < 0 ? waiting.length : later, 0, of);
  };

  const ended = (of: Waiting, heard: Heard, begunAtMonotonicMs: number) => {
    const outcome = outcomeOf(
      parts.sendsAgain === true && heard.kind === 'lost' ? { kind: 'not-connected' } : heard,
    );
    const at = moment();
    const after = afterOutcome(link, outcome, at, { begunAtMonotonicMs, isAgain: false });
    link = sender.link?.(after, outcome, at) ?? after;
    busy.delete(of.customerUid);
    if (outcome.kind === 'applied') settle(of);
    else if (outcome.kind === 'unknown') {
      busy.add(of.customerUid);
      undecided.push({ of, fromMs: events.now() + QUIESCENCE_MS });
    } else {
      const retryAfterMs = outcome.kind === 'not-applied' ? outcome.retryAfterMs : null;
      wait({ ...of, notBeforeMs: retryAfterMs === null ? 0 : clock.nowMs() + retryAfterMs });
    }
  };

  const send = (of: Waiting) => {
    waiting = waiting.filter(({ entry }) => entry !== of.entry);
    busy.add(of.customerUid);
    inFlight += 1;
    const increment = () => {
      const begunAtMs = events.now();
      call(of.entry, (heard) => {
        inFlight -= 1;
        ended(of, heard, begunAtMs);
      });
    };
    if (!parts.looksFirst || looked.has(of.entry)) return increment();
    call(null, (heard) => {
      read(heard);
      if (failureOf(heard) === null) looked.add(of.entry);
      if (failureOf(heard) === null && mayBegin(link, events.now())) return increment();
      inFlight -= 1;
      busy.delete(of.customerUid);
      wait(of);
    });
  };

  const read = (heard: Heard) => {
    const failure = failureOf(heard);
    link = failure === null ? afterAnsweredRead(link, moment()) : afterFailedRead(link, failure, moment());
  };
  const ask = (answered: () => void) => {
    probing = true;
    askedAtUnixMs = clock.nowMs();
    call(null, (heard) => {
      probing = false;
      read(heard);
      if (failureOf(heard) === null) answered();
    });
  };

  /** While the day's calls are used up, four times an hour. */
  const mayAskAgain = (): boolean => !isQuotaSpent(link) || clock.nowMs() - askedAtUnixMs >= 900_000;

  /** By evidence, which the simulator takes from the truth: what evidence may be wrong in is tried elsewhere. */
  const investigate = (): number | null => {
    const [first] = undecided;
    if (first === undefined || probing) return null;
    if (first.fromMs > events.now()) return first.fromMs - events.now();
    const canAsk =
      link.reach === 'online' && link.pauses.length === 0 && link.retryAtMonotonicMs <= events.now();
    if (!canAsk) return null;
    ask(() => {
      undecided.shift();
      busy.delete(first.of.customerUid);
      if (host.isCredited(first.of.entry)) settle(first.of);
      else wait(first.of);
    });
    return null;
  };

  const lookOnce = () => {
    const today = Math.floor(clock.nowMs() / DAY_MS);
    link = afterNewDay(link, (unixMs) => Math.floor(unixMs / DAY_MS) === today, clock.nowMs());
    const next = sender.plan({
      ...{ link, isSending: inFlight > 0, probing, candidates: waiting, busyMembers: busy },
      mayAsk: true,
      ...{ nowMs: clock.nowMs(), monotonicMs: events.now() },
    });
    for (const { id } of next.send) {
      const of = waiting.find((one) => one.id === id);
      if (of !== undefined) send(of);
    }
    if (next.probe && mayAskAgain()) ask(() => undefined);
    const evidenceInMs = investigate();
    cancel();
    if (open === 0) return;
    const braked = heldBackForMs(link.failureBackoff, events.now());
    const inMs = Math.min(HEARTBEAT_MS, next.wakeInMs ?? HEARTBEAT_MS, evidenceInMs ?? HEARTBEAT_MS);
    cancel = events.after(braked > 0 ? Math.min(inMs, braked) : inMs, look);
  };

  /** As the loop does: a change while it looks makes it look once more. */
  function look(): void {
    isPassDue = true;
    if (looking) return;
    looking = true;
    while (isPassDue) {
      isPassDue = false;
      lookOnce();
    }
    looking = false;
  }

  return {
    add: (entry, ageMs) => {
      open += 1;
      wait({
        ...{ entry, id: String(entry), version: 1, sequence: entry, touched: false, notBeforeMs: 0 },
        // What is made since is of others: behind an older entry of its member it would wait as long as that.
        customerUid: ageMs === 0 ? `since ${entry}` : String(prng.below(MEMBERS)),
        createdAtMs: clock.nowMs() - ageMs,
      });
      look();
    },
    start: (wasOffline) => {
      if (wasOffline)
        link = { ...link, reach: 'offline', connectFailures: 9, clockSkewMs: parts.heardSkewMs };
      look();
    },
    networkIsBack: () => {
      link = withoutWait(link);
      look();
    },
    settled,
    get open() {
      return open;
    },
    get link() {
      return link;
    },
  };
}
