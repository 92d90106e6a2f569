import { type Amount, compareAmounts, type ShownPolicy } from '../../preload/contract/index.ts';
import { CLOSED_KEY, type ClosedInstallation, isInForce, readClosed } from '../hosts/index.ts';
import { type Actor, actorText, theProgram } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { storeDay } from '../kernel/store-time.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import { entriesOfMember, isOpen, newestDay } from './tables/entry-lookups.ts';

interface Sums {
  readonly balance: Amount;
  readonly point: Amount;
}

/**
 * A member's sums before an entry, as the end of its attempt shows them; `known` is what the till knew when it was
 * sent.
 */
export interface ReportedByAttempt {
  readonly sequence: number;
  readonly customerUid: string;
  readonly told: ReportedSums;
  readonly known: Sums | null;
  /** What the till knows now, apart from this reply. */
  readonly knownNow: Sums | null;
}

/** A member's sums as read, with no send of ours in between. */
export interface ReportedByReading {
  readonly customerUid: string;
  readonly told: Sums;
  readonly known: Sums | null;
}

/**
 * The declaration of a closed installation: by file, until a last day, withdrawn by the first contradicting sums (ADR
 * 55).
 */
export interface ClosedInstallations {
  /**
   * Takes the last day from a provisioning file, null if it has none. False once the declaration was withdrawn: no
   * file renews it.
   */
  give(until: string | null, who: Actor): boolean;
  shown(): ShownPolicy['closedInstallation'];
  /** Ends it after its last day, for good: a clock set back later does not revive it. */
  lookAtEnd(): void;
  /** Runs inside the commit of the attempt's end. */
  ended(of: ReportedByAttempt): void;
  /** Runs inside the commit of the reading. */
  read(of: ReportedByReading): void;
}

interface ClosedParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost. */
  readonly journal: Pick<JournalRepository, 'append' | 'head'> | null;
  readonly runInTransaction: RunInTransaction;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
  readonly storeTimeZone: string;
  /** The host check-up moves sums of this member past the outbox. */
  readonly isTestMember: (customerUid: string) => boolean;
}

const GIVEN = 'closed installation';
const ENDED = 'closed installation ended';
export const WITHDRAWN = 'closed installation withdrawn';
/** Note for an entry that would have gone to a manager without the declaration. */
export const RESTED_ON_IT = 'decided as in a closed installation, which it was not';

export function createClosedInstallations(parts: ClosedParts): ClosedInstallations {
  const { db, settings, journal, runInTransaction, clock, logger, storeTimeZone } = parts;
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

  /** Only a database failure may stop the commit of a reply or a reading. */
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

  const test = (closed: ClosedInstallation, customerUid: string, by: object, compared: Compared) => {
    if (declarationHeld(compared) !== 'false' || parts.isTestMember(customerUid)) return;
    withdraw(closed, { ...by, known: sumsOf(compared.known), told: compared.told });
  };

  return {
    give: (until, who) =>
      runInTransaction(() => {
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
    lookAtEnd: () => runInTransaction(lookAtEnd),
    ended: ({ sequence, customerUid, told, known, knownNow }) =>
      guarded((closed) => {
        const isOursUnclear = !isSame(known, knownNow) || unclear.ofEnd(customerUid, sequence);
        test(closed, customerUid, { entry: sequence }, { told, known, isOursUnclear });
      }),
    read: ({ customerUid, told, known }) =>
      guarded((closed) => {
        const isOursUnclear = unclear.ofMember(customerUid);
        test(closed, customerUid, { member: customerUid }, { told, known, isOursUnclear });
      }),
  };
}

const sumsOf = (known: Sums | null): Sums | null =>
  known === null ? null : { balance: known.balance, point: known.point };

/** False where a manager's answer or a reading has changed what is known. */
const isSame = (one: Sums | null, other: Sums | null): boolean =>
  other !== null && declarationHeld({ told: other, known: one, isOursUnclear: false }) === 'fits';

/** Whether an increment of ours may or may not be in a member's sums. */
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
    ofEnd: (customerUid: string, sequence: number) =>
      ofMember(customerUid, sequence) || (sendings.get(sequence) as { readonly sent: number }).sent > 1,
  };
}

interface Rested {
  readonly sequence: number;
  readonly reason: string;
}

/**
 * Entries settled by the declaration alone since it was given, of members with no later reply that fitted. Starts from
 * `evidence`: few entries have any.
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

/** Null where a part was not reported. */
interface ReportedSums {
  readonly balance: Amount | null;
  readonly point: Amount | null;
}

interface Compared {
  /** The host's sums, at a moment with no send of ours under way. */
  readonly told: ReportedSums;
  /** The till's own figures, its increments included; null if it has none. */
  readonly known: Sums | null;
  readonly isOursUnclear: boolean;
}

/** Compares the host's sums with the till's: any difference, up or down, shows another writer. Pure. */
function declarationHeld({ told, known, isOursUnclear }: Compared): 'fits' | 'says-nothing' | 'false' {
  if (known === null || isOursUnclear) return 'says-nothing';
  const differs = (sum: Amount | null, before: Amount) => sum !== null && compareAmounts(sum, before) !== 0;
  if (differs(told.balance, known.balance) || differs(told.point, known.point)) return 'false';
  return told.balance === null || told.point === null ? 'says-nothing' : 'fits';
}
