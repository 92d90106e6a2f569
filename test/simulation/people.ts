import type { OpenedSession } from '../../main/app/open-session.ts';
import type { ReviewCase } from '../../main/counter/case-facts.ts';
import type { ReviewAnswer } from '../../main/counter/review-service.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import type { Violation } from './checks.ts';
import { decimal } from './decimals.ts';
import { type KybioHost, keyOf } from './kybio-host.ts';
import type { MainParts } from './main-parts.ts';
import type { Prng } from './prng.ts';
import { createQuestions, type Questions } from './questions.ts';
import type { Happening } from './scenario.ts';
import { stepShift } from './shifts.ts';
import type { SimTill } from './sim-till.ts';
import type { VirtualTime } from './virtual-time.ts';

/** An entry that the cashier was told is saved. */
export interface Promised {
  readonly id: string;
  readonly index: number;
  /** When it was told. */
  readonly atMs: number;
}

export interface Cashier {
  topUp(index: number, happening: Extract<Happening, { kind: 'top-up' }>): Promise<void>;
  cancelOne(): void;
  reverseOne(index: number): void;
  readonly promised: Map<string, Promised>;
  readonly counts: { asked: number; refused: number };
}

export interface PeopleParts {
  readonly till: SimTill;
  readonly host: KybioHost;
  readonly time: VirtualTime;
  readonly prng: Prng;
  readonly main: MainParts;
  /** False where another copy of the till may send what a manager drops here. */
  readonly drops: boolean;
  readonly violations: Violation[];
  /** Anything thrown at a person that is neither the process's death nor the disk. */
  readonly onSurprise: (thrown: unknown) => void;
}

type Press = Extract<Happening, { kind: 'top-up' }>;
type Member = KybioHost['members'][number];

const RETRY_MS = 15_000;
const MOST_TRIES = 12;

/**
 * Scans whom the till does not keep, and presses Save; both again after a crash or a full disk, and while nobody can tell
 * whose the card is.
 */
export function createCashier({ till, host, time, prng, violations, onSurprise }: PeopleParts): Cashier {
  const promised = new Map<string, Promised>();
  const counts = { asked: 0, refused: 0 };

  /** Whom the till shows for the card that is scanned. */
  const scan = async (index: number, { number, customerUid }: Member): Promise<string> => {
    const found = await till.session()?.members.lookUp.find(number).catch(onSurprise);
    const uid = (found?.ok === true ? found.value.members[0]?.customerUid : undefined) ?? customerUid;
    if (uid !== customerUid)
      violations.push({ what: 'another member', words: `happening ${index} was for card ${number}` });
    return uid;
  };

  const enter = async (index: number, member: Member, press: Press, tries: number): Promise<void> => {
    const isKept = till.session()?.members.directory.byUid(member.customerUid) != null;
    const isScanned = (press.lookUp && tries === 0) || !isKept;
    const uid = isScanned ? await scan(index, member) : member.customerUid;
    const again = () => {
      if (tries < MOST_TRIES) time.after(RETRY_MS, () => void enter(index, member, press, tries + 1));
      else counts.refused += 1;
    };
    save(index, uid, press, again);
  };

  const save = (index: number, uid: string, press: Press, again: () => void) => {
    const session = till.session();
    if (session === null || time.asleep()) return again();
    try {
      const seen = session.members.directory.byUid(uid);
      if (seen === null) return again();
      const request = {
        requestId: `form-${index}`,
        customerUid: uid,
        customerNumber: seen.number,
        customerName: seen.name,
        balanceIncrement: amount(decimal(press.balance)),
        pointIncrement: amount(decimal(press.point)),
        note: '',
        again: true,
      };
      const saved = session.counter.topUps.create(request, atTheTill);
      if (!saved.ok) return again();
      promised.set(saved.value.id, { id: saved.value.id, index, atMs: time.now() });
      if (press.pressedTwice) session.counter.topUps.create(request, atTheTill);
      session.sending.loop.wake();
      if (index % 2 === 0) stepShift(session);
    } catch (thrown) {
      onSurprise(thrown);
      again();
    }
  };

  const queued = (session: OpenedSession) =>
    session.ledger.outbox.open().filter(({ state }) => state === 'queued');

  return {
    promised,
    counts,
    topUp: async (index, press) => {
      counts.asked += 1;
      const member = host.members[press.member];
      if (member === undefined) return;
      await enter(index, member, press, 0);
    },
    cancelOne: () => {
      const session = till.session();
      if (session === null) return;
      try {
        const open = queued(session);
        if (open.length > 0) session.counter.topUps.cancel(prng.pick(open).id, atTheTill);
        // Whatever is not queued any more must be refused.
        const unknown = session.ledger.outbox.unknown()[0];
        if (unknown !== undefined && session.counter.topUps.cancel(unknown.id, atTheTill).ok)
          till.problems.push(`entry ${unknown.sequence} was cancelled while unknown`);
        session.sending.loop.wake();
      } catch (thrown) {
        onSurprise(thrown);
      }
    },
    reverseOne: (index) => {
      const session = till.session();
      if (session === null) return;
      try {
        const ids = [...promised.keys()];
        if (ids.length === 0) return;
        const saved = session.counter.topUps.reverse(prng.pick(ids), `reverse-${index}`, theManager);
        if (saved.ok) promised.set(saved.value.id, { id: saved.value.id, index, atMs: time.now() });
        session.sending.loop.wake();
      } catch (thrown) {
        onSurprise(thrown);
      }
    },
  };
}

/** Looks in every few minutes, reads the simulated ledger, and answers truly. */
export interface Manager {
  lookIn(): Promise<void>;
  /** By entry: what was true of it when a manager was first asked. */
  readonly appliedAtReview: ReadonlyMap<string, boolean>;
  /** Every question that accuses an entry, as the ledger had it when it was first seen. */
  readonly questions: Questions;
}

export const timesApplied = (
  host: KybioHost,
  { customerUid, dataChangeTime }: Pick<Increment, 'customerUid' | 'dataChangeTime'>,
): number => host.applied.get(keyOf(customerUid, dataChangeTime))?.times ?? 0;

/** Why an entry is in review, where that says more than that its answer was lost. */
const accuses: ReadonlySet<Increment['cause']> = new Set(['possible-double', 'sent-before']);

/** What a second manager has on a screen that nobody has refreshed since: true when it was opened. */
interface StaleScreen {
  readonly session: OpenedSession;
  readonly answers: readonly { readonly increment: Increment; readonly wanted: ReviewAnswer }[];
  /** By entry: what KYBIO said then. */
  readonly readings: Map<string, string>;
}

export function createManager({ till, host, prng, time, drops, onSurprise }: PeopleParts): Manager {
  const questions = createQuestions();
  const chance = prng.fork('second manager');
  const appliedAtReview = new Map<string, boolean>();
  let screen: StaleScreen | null = null;

  const wantedOf = (increment: Increment, sendable: boolean, draw: Prng): ReviewAnswer => {
    if (timesApplied(host, increment) > 0) return 'arrived';
    return sendable && (draw.chance(0.7) || !drops) ? 'send' : 'drop';
  };

  /** Has KYBIO read first, as the screen does, and looks into the ledger only then: what is true may change meanwhile. */
  const answer = async (session: OpenedSession, { id, version }: Increment, sendable: boolean) => {
    const read = await session.counter.review.read(id);
    const increment = session.ledger.outbox.byId(id);
    if (till.session() !== session || increment === null) return;
    const wanted = wantedOf(increment, sendable, prng);
    const readingId = read.ok ? (read.value.reading?.readingId ?? null) : null;
    if (readingId !== null) screen?.readings.set(id, readingId);
    await session.counter.review.answer(id, version, wanted, theManager, { readingId, isMeant: true });
  };

  /** Presses what the old screen shows; must be refused wherever the entry has changed meanwhile. */
  const pressOld = async (session: OpenedSession) => {
    const old = screen;
    screen = null;
    if (old?.session !== session) return;
    for (const { increment, wanted } of old.answers) {
      const named = { readingId: old.readings.get(increment.id) ?? null, isMeant: true };
      await session.counter.review.answer(increment.id, increment.version, wanted, theManager, named);
      if (till.session() !== session) return;
    }
  };

  /** Only of entries that nothing on its way can change: what is true of them stays true until they are sent. */
  const openScreen = (session: OpenedSession, cases: readonly ReviewCase[]) => {
    if (!chance.chance(0.3)) return;
    const unclear = cases.filter(({ increment }) => increment.cause === 'evidence-unclear');
    const answers = unclear.map(({ increment, sendable }) => ({
      increment,
      wanted: wantedOf(increment, sendable, chance),
    }));
    screen = { session, answers, readings: new Map() };
  };

  const seeQuestions = (_session: OpenedSession, cases: readonly ReviewCase[]) => {
    for (const { increment } of cases) {
      if (!appliedAtReview.has(increment.id))
        appliedAtReview.set(increment.id, timesApplied(host, increment) > 0);
      if (accuses.has(increment.cause))
        questions.see(
          `review ${increment.id}`,
          `review: ${increment.cause}`,
          increment,
          timesApplied(host, increment),
        );
    }
  };

  return {
    questions,
    appliedAtReview,
    lookIn: async () => {
      const session = till.session();
      if (session === null || time.asleep()) return;
      try {
        if (session.hosts.link.state.pauses.some(({ reason }) => reason === 'clock'))
          time.jump(-time.wallOffsetMs());
        if (session.hosts.link.state.pauses.some((pause) => pause.needsManager)) {
          session.records.resume({ role: 'manager', person: '' });
          session.sending.loop.wake();
        }
        await pressOld(session);
        if (till.session() !== session) return;
        const cases = session.counter.review.cases();
        seeQuestions(session, cases);
        openScreen(session, cases);
        for (const { increment, sendable } of cases) {
          await answer(session, increment, sendable);
          if (till.session() !== session) return;
        }
        session.sending.loop.wake();
      } catch (thrown) {
        onSurprise(thrown);
      }
    },
  };
}
