import { type Amount, compareAmounts, type ShownPolicy } from '../../preload/contract/index.ts';
import { CLOSED_KEY, type ClosedInstallation, isInForce, readClosed } from '../hosts/index.ts';
import { type Actor, actorText, theProgram } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Together } from '../kernel/database/together.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { storeDay } from '../kernel/store-time.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { entriesOfMember, isOpen, newestDay } from './tables/entry-lookups.ts';

interface Sums {
  readonly balance: Amount;
  readonly point: Amount;
}

/** What the end of an attempt says of a member from before its entry, and what was known as the entry left. */
export interface ToldByEnd {
  readonly sequence: number;
  readonly customerUid: string;
  readonly told: ToldSums;
  readonly known: Sums | null;
  /** What is known of the member now, without this reply. */
  readonly knownNow: Sums | null;
}

/** What a read says of a member, which overlapped no send of ours. */
export interface ToldByReading {
  readonly customerUid: string;
  readonly told: Sums;
  readonly known: Sums | null;
}

/** The declaration of a closed installation: given by file, with an end, and withdrawn by whatever shows it false (ADR 55). */
export interface ClosedInstallations {
  /**
   * Takes what a provisioning file says, null where it says nothing of it. False where it was shown to be false before:
   * then no file gives it again.
   */
  give(until: string | null, who: Actor): boolean;
  shown(): ShownPolicy['closedInstallation'];
  /** Once its last day is over it has ended, whatever a clock says that is set back later. */
  lookAtEnd(): void;
  /** Belongs inside the commit of the attempt's end. */
  ended(of: ToldByEnd): void;
  /** Belongs inside the commit of what was read. */
  read(of: ToldByReading): void;
}

export interface ClosedParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: nothing is decided then, and nothing changes. */
  readonly journal: Pick<JournalRepository, 'append' | 'head'> | null;
  readonly together: Together;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
  readonly storeTimeZone: string;
  /** The host check-up moves sums of this member past the outbox. */
  readonly isTestMember: (customerUid: string) => boolean;
}

const GIVEN = 'closed installation';
const ENDED = 'closed installation ended';
/** The note of its withdrawal. */
export const WITHDRAWN = 'closed installation withdrawn';
/** The note beside an entry which the till would have asked about, had it known. */
export const RESTED_ON_IT = 'decided as in a closed installation, which it was not';

export function createClosedInstallations(parts: ClosedParts): ClosedInstallations {
  const { db, settings, journal, together, clock, logger, storeTimeZone } = parts;
  const newest = db.prepare(`SELECT ${newestDay} AS day`);
  const rested = decidedByIt(db);
  const unclear = createUnclear(db);

  const kept = () => readClosed(settings.get(CLOSED_KEY));
  const keep = (closed: ClosedInstallation) => settings.set(CLOSED_KEY, JSON.stringify(closed));
  const note = (reason: string, content: object, who: Actor = theProgram) =>
    journal?.append({ event: 'noted', actor: actorText(who), reason, content });

  const withdraw = (closed: ClosedInstallation, by: object) => {
    keep({ ...closed, over: 'withdrawn' });
    const entries = rested(closed.since);
    note(WITHDRAWN, { until: closed.until, ...by, entries: entries.length });
    for (const { sequence, reason } of entries) note(RESTED_ON_IT, { entry: sequence, reason });
    logger.warn('closed-installation.withdrawn', { entries: entries.length });
  };

  const lookAtEnd = () => {
    const closed = kept();
    if (closed === null || closed.over !== null) return;
    const { day } = newest.get() as { readonly day: string | null };
    const today = storeDay(clock.nowMs(), closed.storeTimeZone);
    if ((day === null || day < today ? today : day) <= closed.until) return;
    keep({ ...closed, over: 'ended' });
    note(ENDED, { until: closed.until });
    logger.info('closed-installation.ended', { until: closed.until });
  };

  /** Whatever throws but the database is no reason to keep a confirmed reply, or a reading, from being kept. */
  const guarded = (work: (closed: ClosedInstallation) => void) => {
    try {
      lookAtEnd();
      const closed = kept();
      if (journal !== null && closed !== null && isInForce(closed, clock.nowMs())) work(closed);
    } catch (thrown) {
      if (databaseFailure(thrown) !== null) throw thrown;
      logger.warn('closed-installation.not-looked-at', { error: String(thrown) });
    }
  };

  return {
    give: (until, who) =>
      together(() => {
        const before = kept();
        if (before?.over === 'withdrawn') return until === null;
        if (until === null && before === null) return true;
        if (until === null) settings.remove(CLOSED_KEY);
        else keep({ until, storeTimeZone, since: journal?.head().count ?? 0, over: null });
        note(GIVEN, { before: before?.until ?? null, until }, who);
        return true;
      }),
    shown: () => {
      const closed = kept();
      if (closed === null) return null;
      const { until, over } = closed;
      return { until, state: over ?? (isInForce(closed, clock.nowMs()) ? 'in-force' : 'ended') };
    },
    lookAtEnd: () => together(lookAtEnd),
    ended: ({ sequence, customerUid, told, known, knownNow }) =>
      guarded((closed) => {
        const isOursUnclear = !isSame(known, knownNow) || unclear.ofEnd(customerUid, sequence);
        if (declarationHeld({ told, known, isOursUnclear }) !== 'false' || parts.isTestMember(customerUid))
          return;
        withdraw(closed, { entry: sequence, known: sumsOf(known), told });
      }),
    read: ({ customerUid, told, known }) =>
      guarded((closed) => {
        const isOursUnclear = unclear.ofMember(customerUid);
        if (declarationHeld({ told, known, isOursUnclear }) !== 'false' || parts.isTestMember(customerUid))
          return;
        withdraw(closed, { member: customerUid, known: sumsOf(known), told });
      }),
  };
}

const sumsOf = (known: Sums | null): Sums | null =>
  known === null ? null : { balance: known.balance, point: known.point };

/** What was known as an entry left is known still: no answer of a manager and no reading came between. */
const isSame = (one: Sums | null, other: Sums | null): boolean =>
  other !== null && declarationHeld({ told: other, known: one, isOursUnclear: false }) === 'fits';

/** Whether something of ours may be in a member's sums, or may not. */
function createUnclear(db: Db) {
  const open = db.prepare(
    `SELECT 1 AS found FROM increment INDEXED BY increment_open
     WHERE customer_uid = ? AND ${isOpen} AND touched = 1 AND state <> 'queued' AND sequence <> ? LIMIT 1`,
  );
  const sendings = db.prepare(
    "SELECT COUNT(*) AS sent FROM attempt WHERE entry = ? AND phase <> 'connecting'",
  );
  const ofMember = (customerUid: string, except = 0) => open.get(customerUid, except) !== undefined;
  return {
    ofMember,
    /** An earlier sending of the entry itself counts too. */
    ofEnd: (customerUid: string, sequence: number) =>
      ofMember(customerUid, sequence) || (sendings.get(sequence) as { readonly sent: number }).sent > 1,
  };
}

interface Rested {
  readonly sequence: number;
  readonly reason: string;
}

/**
 * The entries that the till settled by the declaration alone since it was given, and of whose member no later reply
 * fitted. Of many entries only a few have evidence, so these are walked through.
 */
function decidedByIt(db: Db): (since: number) => readonly Rested[] {
  const decided = db.prepare(
    `SELECT i.sequence, i.customer_uid AS customerUid, j.number, j.reason
     FROM evidence e CROSS JOIN increment i ON i.id = e.increment_id CROSS JOIN journal j ON j.entry = i.sequence
     WHERE j.number > ? AND j.event = 'decided' AND j.actor = ''
       AND j.reason IN ('exact-movement', 'exact-stillness') ORDER BY j.number`,
  );
  const later = db.prepare(
    `SELECT i.balance_before AS balance, i.point_before AS point, a.baseline_balance AS knownBalance,
       a.baseline_point AS knownPoint
     FROM increment i CROSS JOIN attempt a ON a.entry = i.sequence AND a.outcome = 'applied'
     WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.sequence <> @sequence AND i.state = 'confirmed' AND EXISTS (
       SELECT 1 FROM journal j WHERE j.entry = i.sequence AND j.event = 'sending' AND j.number > @number)
       AND (SELECT COUNT(*) FROM attempt s WHERE s.entry = i.sequence AND s.phase <> 'connecting') = 1`,
  );
  const fits = (row: Readonly<Record<string, Amount | null>>): boolean => {
    const { balance = null, point = null, knownBalance = null, knownPoint = null } = row;
    const known = knownBalance && knownPoint ? { balance: knownBalance, point: knownPoint } : null;
    return declarationHeld({ told: { balance, point }, known, isOursUnclear: false }) === 'fits';
  };
  return (since) => {
    const rows = decided.all(since) as (Rested & { readonly customerUid: string; readonly number: number })[];
    return rows.filter(
      ({ sequence, customerUid, number }) =>
        !(later.all({ sequence, customerUid, number }) as Parameters<typeof fits>[0][]).some(fits),
    );
  };
}

/** What a member held, as somebody said; null where a part was not told. */
interface ToldSums {
  readonly balance: Amount | null;
  readonly point: Amount | null;
}

interface Told {
  /** What the host says the member held, at a moment at which nothing of ours was on its way. */
  readonly told: ToldSums;
  /** What this till knew of the member then, its own increments in it; null where it knew nothing. */
  readonly known: { readonly balance: Amount; readonly point: Amount } | null;
  /** Something of ours is in these sums or not, and nobody can say which. */
  readonly isOursUnclear: boolean;
}

/**
 * Whether what the host tells of a member fits an account in which nothing but this till changes sums. Up or down, in
 * money or in points: whatever differs, somebody else has written. Pure.
 */
function declarationHeld({ told, known, isOursUnclear }: Told): 'fits' | 'says-nothing' | 'false' {
  if (known === null || isOursUnclear) return 'says-nothing';
  const differs = (sum: Amount | null, before: Amount) => sum !== null && compareAmounts(sum, before) !== 0;
  if (differs(told.balance, known.balance) || differs(told.point, known.point)) return 'false';
  return told.balance === null || told.point === null ? 'says-nothing' : 'fits';
}
