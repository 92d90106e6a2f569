import { heldBackForMs } from '../../../main/hosts/link/failure-backoff.ts';
import { afterOutcome, afterUndecidedAtStart } from '../../../main/hosts/link/link-state.ts';
import { afterNewDay, isQuotaSpent } from '../../../main/hosts/link/pauses.ts';
import { mayBegin, mayChangePlan, plan } from '../../../main/sending/plan.ts';
import type { Prng } from '../prng.ts';
import type { AccountHost, Heard } from './account-host.ts';
import { type CounterRecord, createCounter } from './counter.ts';
import { HOUR_MS, type LookedUp, type Visit } from './demand.ts';
import { createDirectoryFill } from './directory-fill.ts';
import { baselineIn, type Waiting, waitingOf } from './entry.ts';
import type { Events } from './events.ts';
import { createLine, isSpent, outcomeOf, SPENT_HEARTBEAT_MS, storeDay } from './line.ts';
import { createLooks } from './looks.ts';
import type { CallPolicy, Seen, TillPolicy, Use } from './policy.ts';
import { createRecords, type Records } from './records.ts';
import { createReviews } from './reviews.ts';
import { createUndecided } from './undecided.ts';
import type { World } from './worlds.ts';

export interface WeekTillParts {
  readonly events: Events;
  readonly host: AccountHost;
  readonly policy: CallPolicy;
  readonly world: World;
  readonly prng: Prng;
  /** Its number, from 1. */
  readonly till: number;
  readonly isReachable: () => boolean;
  readonly others: Seen['others'];
  readonly record: CounterRecord;
}

export interface WeekTill {
  start(): void;
  stop(): void;
  comes(visit: Visit): void;
  lookUp(one: LookedUp): void;
  readonly records: Records;
  readonly stated: TillPolicy['stated'];
}

const HEARTBEAT_MS = 30_000;
const ASK_AFTER_MS = 3_000;
const COUNT_EVERY_MS = HOUR_MS / 6;
const BEYOND_BUDGET_EVERY_MS = HOUR_MS / 4;

/** One till: the shipped link, plan, brake and rules of evidence, with numbers in the place of its database. */
export function createWeekTill(parts: WeekTillParts): WeekTill {
  const { events, host, world, prng } = parts;
  const records = createRecords(world.members);
  let waiting: Waiting[] = [];
  const busy = new Set<string>();
  const starting = new Set<string>();
  const sends = new Map<number, number>();
  let inFlight = 0;
  let [isOn, isProbing, looking, isPassDue] = [false, false, false, false];
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let wasAway = false;
  let cancel = (): void => undefined;

  const line = createLine({
    ...{ events, host, prng },
    isReachable: parts.isReachable,
    policy: () => policy,
  });
  const { clock } = line;
  const policy: TillPolicy = parts.policy.create({
    ...{
      clock,
      till: parts.till,
      tills: world.declares ?? world.tills,
      quota: world.quota,
      isProven: world.isProven,
    },
    link: line,
    today: () => storeDay(clock.nowMs()),
    candidates: () => waiting,
    others: parts.others,
  });

  /** Every reading goes through here; one that overlaps a send of ours is no baseline (protocol rule 6). */
  const readMember = (member: number, use: Use, isNeeded: boolean, read: (cents: number | null) => void) => {
    const customerUid = String(member);
    const begun = sends.get(member);
    const wasBusy = busy.has(customerUid);
    line.read({ do: 'read', member }, use, isNeeded, (heard) => {
      const cents = heard?.kind === 'read' ? heard.cents : null;
      const isBaseline = !wasBusy && !busy.has(customerUid) && sends.get(member) === begun;
      if (cents !== null) records.read(member, cents, clock.nowMs(), isBaseline);
      read(cents);
      look();
    });
  };

  const wait = (of: Waiting) => {
    const later = waiting.findIndex(({ sequence }) => sequence > of.sequence);
    waiting.splice(later < 0 ? waiting.length : later, 0, of);
  };
  const isWaiting = ({ entry }: Waiting) => waiting.some((one) => one.entry === entry);
  const unwait = ({ entry }: Waiting) => {
    waiting = waiting.filter((one) => one.entry !== entry);
  };
  const confirmed = ({ member }: Waiting, cents: number | null) => {
    if (cents !== null) records.read(member, cents, clock.nowMs(), true);
    // Nobody knows what the member holds, until the next reading.
    else records.baselineAtMs[member] = 0;
  };

  const looks = createLooks({
    ...{ line, isProven: world.isProven, waiting: () => waiting, policy: () => policy },
    readMember: (member, use, read) => readMember(member, use, false, read),
    baseline: (member) => baselineIn(records, member),
    baselineAgeMs: (member) => {
      const atMs = records.baselineAtMs[member] ?? 0;
      return atMs === 0 ? null : clock.nowMs() - atMs;
    },
    isWaiting,
    sendToReview: (of) => {
      unwait(of);
      reviews.add(of);
    },
  });
  const reviews = createReviews({
    ...{ events, prng, isOn: () => isOn, isCredited: host.isCredited, confirmed },
    readMember: (member, read) => readMember(member, 'asked', true, read),
    sendAfterAll: (of) => {
      looks.answered(of);
      wait(of);
      look();
    },
  });

  const ended = (of: Waiting, heard: Heard, begunAtMonotonicMs: number) => {
    const baseline = baselineIn(records, of.member);
    line.update((state, at) =>
      afterOutcome(state, outcomeOf(heard), at, { begunAtMonotonicMs, isAgain: false }),
    );
    if (heard.kind === 'applied') {
      busy.delete(of.customerUid);
      return confirmed(of, heard.cents);
    }
    if (heard.kind === 'lost' || heard.kind === 'duplicate') return undecided.add(of, baseline);
    busy.delete(of.customerUid);
    if (heard.kind === 'quota') held([of]);
    wait({ ...of, touched: of.touched || heard.kind !== 'not-connected' });
  };
  const begin = (of: Waiting) => {
    unwait(of);
    busy.add(of.customerUid);
    looks.begun(of);
    sends.set(of.member, (sends.get(of.member) ?? 0) + 1);
    const begunAtMs = events.now();
    line.send({ do: 'increment', entry: of.entry, member: of.member, cents: of.cents }, (heard) => {
      inFlight -= 1;
      ended(of, heard, begunAtMs);
      look();
    });
  };
  const send = (of: Waiting) => {
    inFlight += 1;
    starting.add(of.customerUid);
    looks.mayGo(of, (mayGo) => {
      starting.delete(of.customerUid);
      if (mayGo && isOn && isWaiting(of) && mayBegin(line.state, events.now())) return begin(of);
      inFlight -= 1;
    });
  };

  const probe = (member: number | null) => {
    isProbing = true;
    askedAtMs = events.now();
    line.read({ do: 'read', member }, 'evidence', false, (heard) => {
      isProbing = false;
      wasAway = heard === null && line.state.reach === 'offline';
      look();
    });
  };
  const mayProbe = () =>
    wasAway ||
    events.now() - askedAtMs >= BEYOND_BUDGET_EVERY_MS ||
    (!isQuotaSpent(line.state) && policy.mayCall('evidence'));

  const held = (of: readonly Pick<Waiting, 'entry'>[]) => {
    for (const { entry } of of) parts.record.held[storeDay(clock.nowMs())]?.add(entry);
  };
  line.onChange((before, after) => {
    if (isSpent(after) && !isSpent(before)) held(waiting);
  });

  const askCount = () => {
    const { reach, pauses } = line.state;
    const mayAsk = isOn && reach === 'online' && pauses.length === 0;
    if (mayAsk && policy.wantsCount() && policy.mayCall('count'))
      line.read({ do: 'count' }, 'count', false, (heard) => {
        if (heard?.kind === 'count') policy.counted(heard.used, heard.before);
      });
    events.after(COUNT_EVERY_MS, askCount);
  };
  if (world.tellsCount) events.after(COUNT_EVERY_MS, askCount);

  const undecided = createUndecided({
    ...{ line, isProven: world.isProven, policy: () => policy },
    isFree: () => !isProbing && inFlight === 0,
    hold: (isHeld) => {
      isProbing = isHeld;
      if (!isHeld) look();
    },
    readMember: (member, read) => readMember(member, 'evidence', false, read),
    settle: (of, becomes) => {
      busy.delete(of.customerUid);
      if (becomes === 'confirmed') confirmed(of, null);
      else if (becomes === 'queued') wait({ ...of, touched: true });
      else reviews.add(of);
    },
  });

  const fill = createDirectoryFill({
    ...{ events, line, records, policy: () => policy, isOn: () => isOn },
    hasSendUnderWay: () => busy.size > 0,
  });
  const counter = createCounter({
    ...{ events, prng, line, records, policy: () => policy, record: parts.record },
    readMember: (member, use, read) =>
      readMember(member, use, use !== 'freshness', (cents) => read(cents !== null)),
    enter: (visit) => {
      policy.entered();
      parts.record.entered.add(visit.entry);
      if (isSpent(line.state)) held([visit]);
      wait(waitingOf(visit, clock.nowMs()));
      look();
    },
  });

  const lookOnce = () => {
    const today = storeDay(clock.nowMs());
    line.update((state, at) => afterNewDay(state, (unixMs) => storeDay(unixMs) === today, at.nowMs));
    const isPaused = line.state.pauses.length > 0;
    const next = plan({
      ...{ link: line.state, isSending: inFlight > 0, probing: isProbing },
      candidates: waiting,
      mayAsk: line.state.reach !== 'offline' || mayProbe(),
      busyMembers: isPaused ? busy : new Set([...busy, ...starting, ...looks.waiting()]),
      ...{ nowMs: clock.nowMs(), monotonicMs: events.now() },
    });
    for (const { id } of next.send) {
      const of = waiting.find((one) => one.id === id);
      if (of !== undefined) send(of);
    }
    if (next.probe && mayProbe()) probe(undecided.first());
    const evidenceInMs = undecided.look();
    cancel();
    if (waiting.length === 0 && undecided.first() === null && !isPaused && line.state.reach !== 'offline')
      return;
    const braked = heldBackForMs(line.state.failureBackoff, events.now());
    const longestMs = isSpent(line.state) ? SPENT_HEARTBEAT_MS : HEARTBEAT_MS;
    const inMs = Math.min(longestMs, next.wakeInMs ?? longestMs, evidenceInMs ?? longestMs);
    cancel = events.after(braked > 0 ? Math.min(inMs, braked) : inMs, look);
  };

  /** As the loop does: a change while it looks makes it look once more. */
  function look(): void {
    isPassDue = true;
    if (looking || !isOn) return;
    looking = true;
    while (isPassDue) {
      isPassDue = false;
      lookOnce();
    }
    looking = false;
  }
  line.onChange((before, after) => {
    if (mayChangePlan(before, after) && !looking) look();
  });

  return {
    records,
    stated: () => policy.stated(),
    comes: counter.comes,
    lookUp: counter.lookUp,
    start: () => {
      isOn = true;
      line.start();
      policy.started();
      counter.start();
      undecided.start();
      if (undecided.first() !== null) line.update(afterUndecidedAtStart);
      looks.start();
      fill.start();
      look();
      events.after(ASK_AFTER_MS, () => {
        const { reach, pauses } = line.state;
        if (isOn && !isProbing && reach === 'starting' && pauses.length === 0) probe(undecided.first());
      });
    },
    stop: () => {
      isOn = false;
      cancel();
      fill.stop();
    },
  };
}
