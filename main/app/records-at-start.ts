import type { PolicyRepository, RuleRepository } from '../counter/index.ts';
import { eraseLater } from '../day/index.ts';
import { cautiousPolicy, HOST_PROFILE_KEY } from '../hosts/index.ts';
import { afterManager, type Link, withPause } from '../hosts/link/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import { type Actor, actorText, theProgram } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import { SETTINGS_ALTERED, type Seals } from '../kernel/database/seals.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import {
  createJournalAuditor,
  type JournalKeeper,
  type JournalState,
  type OutboxRepository,
  type TransitionsRepository,
} from '../ledger/index.ts';
import type { EpochReason, JournalRepository, TillIdentity } from '../ledger/journal/index.ts';
import { type DirectoryRepository, type ForgottenSends, readDirectoryAnew } from '../members/index.ts';
import {
  forgetComeBack,
  hasComeBack,
  keepRestored,
  type MachineWatch,
  type Restoration,
} from '../safety/index.ts';
import { type CheckUpRepository, type EvidenceRepository, provingNothing } from '../sending/index.ts';
import { isAskedAnew, type TillCopies } from './till-copies.ts';

/** Whether the till's records can be trusted: examined when it opens, acted on when it starts. */
export interface RecordsAtStart {
  /** Null while all is verified. */
  problem(): Exclude<JournalState['kind'], 'fine'> | null;
  /** Quarantines altered entries, then settles what a dead process left in `sending`. Returns how many. */
  recover(): number;
  /** Verifies the rest of the journal in idle time. */
  start(): void;
  stop(): void;
  /** A manager resumes sending, on another machine from here on. */
  resume(who: Actor): void;
}

export interface RecordsAtStartParts extends ResetParts {
  readonly db: Db;
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly forgottenSends: Pick<ForgottenSends, 'begin'>;
  readonly directory: Pick<DirectoryRepository, 'baseline'>;
  readonly evidence: Pick<EvidenceRepository, 'keepBefore'>;
  readonly keeper: JournalKeeper;
  readonly readIncrement: HostProtocol['readIncrement'];
  /** Null while the key is lost: nothing is trusted, and nothing is sent anyway. */
  readonly journal: JournalRepository | null;
  readonly tillIdentity: Pick<TillIdentity, 'begin' | 'end' | 'meet'>;
  readonly tillCopies: Pick<TillCopies, 'isAsked' | 'hold' | 'goOnHere'>;
  readonly seals: Seals;
  readonly machine: MachineWatch;
  /** The restore before this start; null where there was none. */
  readonly restored: Restoration | null;
  /** The restore's effects are committed. */
  readonly forgetRestored: () => void;
  readonly link: Link;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly changed: Changed<'journalProblem'>;
}

/** The note of sealing the tables first. */
export const SEALED = 'tables sealed';
const ALTERED = 'tables altered from outside';
const RESUMED = 'queue resumed';
const RESTORED = 'backup restored';

export function createRecordsAtStart(parts: RecordsAtStartParts): RecordsAtStart {
  const { db, outbox, transitions, keeper, journal, logger, changed } = parts;
  const state = keeper.start();
  const { restored } = parts;
  // A restore explains why the rows are older than the checkpoint, and is told by itself.
  const isExplained = state.kind === 'fine' || (state.kind === 'rolled-back' && restored !== null);
  let problem = isExplained ? null : state.kind;
  try {
    if (checkSeals(parts, state) && problem === null) problem = 'broken';
  } catch (thrown) {
    // A running keeper would keep the process alive, and write beside the next one.
    keeper.close();
    throw thrown;
  }
  const audit =
    journal === null
      ? null
      : createJournalAuditor({
          ...parts,
          db,
          journal,
          trusted: keeper.trusted,
          onFound: (found) => {
            const { firstBroken, problems } = found;
            try {
              keeper.putRight(found);
            } catch (thrown) {
              // On a full disk the problem is reported, and repaired before the entry is sent or at the next start.
              if (databaseFailure(thrown) === null) throw thrown;
              logger.error('tables.not-put-right', { error: String(thrown) });
            }
            // A database behind its checkpoint ends before it: that was found at the start.
            const isBroken = firstBroken !== null && state.kind !== 'rolled-back';
            if (problem !== null || !(isBroken || problems.length > 0)) return;
            problem = 'broken';
            changed('journalProblem');
          },
        });
  return {
    problem: () => problem,
    recover: () => {
      // Before any step of theirs is journaled, which would confirm foreign changes.
      const altered = outbox.open().filter(({ id }) => keeper.problem(id) !== null);
      const interrupted = transitions.recoverInterrupted();
      for (const { id, sequence } of altered) {
        const entry = outbox.byId(id);
        if (entry === null || entry.cause === 'not-vouched-for') continue;
        logger.error('outbox.not-vouched-for', { sequence, problem: 'start' });
        transitions.sendToReview(entry, 'not-vouched-for');
      }
      // The file of a moved till is written once the till is retired where it was: which of the two goes on is answered,
      // for the machine that opened the file (ADR 27).
      const isMovedHere = restored?.restored.isMoved === true && parts.machine.isKept;
      const isElsewhere = parts.machine.others.length > 0 && !isMovedHere;
      if (isElsewhere) freeze(parts);
      else if (parts.machine.hasNews) parts.machine.settle(theProgram);
      const isCopied = isElsewhere || parts.tillCopies.isAsked();
      const isForked = forkOf(parts, state) !== null;
      if (isCopied || isForked) {
        keepForPeople(parts);
        // Baselines are older than lost sends: no movement counts from them, nor from reads while those sends may still arrive.
        parts.forgottenSends.begin();
        // `queued` entries may have been sent since, and open reviews answered with *send*: after a restore people look
        // at all that is open, once nothing can arrive any more.
        for (const entry of outbox.open())
          if (isAskedAnew(entry)) transitions.sendToReview(entry, 'restored');
      }
      if (altered.length > 0 || keeper.isAltered()) problem ??= 'broken';
      noteRestored(parts, state);
      // Met before, or by the records that a restore replaced.
      if (parts.tillCopies.isAsked()) parts.tillCopies.hold();
      keeper.checkpointAnew();
      parts.forgetRestored();
      return interrupted;
    },
    start: () => audit?.start(),
    stop: () => audit?.stop(),
    resume: (who) => {
      // The journal first: a process that dies in between stops here again.
      const pauses = parts.link.state.pauses.map(({ reason }) => reason);
      journal?.append({
        event: 'noted',
        actor: actorText(who),
        reason: RESUMED,
        content: { pauses },
      });
      if (pauses.includes('other-machine')) parts.machine.settle(who);
      if (pauses.includes('till-copy')) parts.tillCopies.goOnHere(who);
      parts.link.update(afterManager);
    },
  };
}

/** Why the journal forked since the till was open; null where it continues. */
function forkOf({ settings, restored }: RecordsAtStartParts, state: JournalState): EpochReason | null {
  if (restored !== null) return restored.restored.isMoved ? 'moved' : 'restored';
  // Whoever has the move's file may have used it all the same.
  if (hasComeBack(settings)) return 'never-opened';
  if (state.kind === 'rolled-back') return state.kind;
  return state.kind === 'other-key' ? 'new-chain' : null;
}

/** Keeps what was known of the members of open entries for the review (ADR 15). */
function keepForPeople({ outbox, directory, evidence }: RecordsAtStartParts): void {
  evidence.keepBefore(
    outbox.open().flatMap((increment) => {
      const baseline = directory.baseline(increment.customerUid);
      return baseline === null ? [] : { increment, baseline };
    }),
  );
}

/** Without an open till nobody is known by name. */
function noteRestored(parts: RecordsAtStartParts, state: JournalState): void {
  const { db, journal, settings, restored, logger } = parts;
  const why = forkOf(parts, state);
  if (why === null) return;
  db.transaction(() => {
    forgetComeBack(settings);
    if (restored !== null) {
      const { entries, isMoved: _, ...facts } = restored.restored;
      logger.warn('till.restored', { lostRows: facts.lostRows });
      keepRestored(settings, restored.restored);
      eraseLater(settings, restored.erased);
      const content = { ...facts, lostEntries: entries.length };
      journal?.append({ event: 'noted', actor: actorText(atThisTill), reason: RESTORED, content });
    }
    const who = restored === null ? theProgram : atThisTill;
    parts.tillIdentity.begin(why, who);
    // The replaced records' epochs have ended.
    parts.tillIdentity.end(restored?.ended ?? [], who);
    // A backup decides about no clone.
    for (const epoch of restored?.open ?? []) parts.tillIdentity.meet(epoch, 'records');
  }).immediate();
}

const atThisTill: Actor = { role: 'till', person: '' };

/** The machine of this data may still be sending: this one waits for a manager. */
function freeze({ machine, link, logger }: RecordsAtStartParts): void {
  const words = machine.others.join(', ');
  logger.error('machine.other', { marks: words });
  link.update((now, at) => withPause(now, 'other-machine', words, at.nowMs));
}

/** True where a table was altered from outside. Mere caches are dropped. */
function checkSeals(parts: RecordsAtStartParts, state: JournalState): boolean {
  const { db, seals, settings, journal, link, logger } = parts;
  if (journal === null) return false;
  seals.renew();
  const isFirst = state.kind === 'other-key' || !(seals.areMade() || journal.hasNote(SEALED));
  const altered = isFirst ? [] : seals.altered();
  if (!isFirst && altered.length === 0) return false;
  const words = `altered: ${altered.join(', ')}`;
  // In one transaction: a new seal without the pause would lose the alarm.
  db.transaction(() => {
    if (altered.includes('member')) {
      db.exec('DELETE FROM member');
      readDirectoryAnew(settings);
    }
    if (altered.includes('evidence')) db.exec('DELETE FROM evidence');
    seals.make();
    const ofSettings = altered.includes('setting');
    const reason = isFirst ? SEALED : ofSettings ? SETTINGS_ALTERED : ALTERED;
    const content = { tables: altered, setBack: ofSettings ? resetSettings(parts) : [] };
    if (!isFirst) link.keepPause('manager', words);
    journal.append({ event: 'noted', actor: actorText(theProgram), reason, content });
  }).immediate();
  if (altered.length === 0) return false;
  logger.error('database.altered', { tables: altered.join(' ') });
  link.update((now, at) => withPause(now, 'manager', words, at.nowMs));
  return true;
}

interface ResetParts {
  readonly settings: Settings;
  readonly policy: PolicyRepository;
  readonly checkUps: Pick<CheckUpRepository, 'load' | 'save'>;
  readonly ruleBooks: Pick<RuleRepository, 'setBack'>;
}

/**
 * After altered settings nothing counts that lets the till decide or send by itself, until a manager declares or the
 * host proves it again. Limits stay: their bounds hold for any stored value. Returns what was reset, in the caller's
 * transaction.
 */
function resetSettings({ settings, policy, checkUps, ruleBooks }: ResetParts): readonly string[] {
  const { tillNumbersDeclared } = cautiousPolicy;
  const before = policy.current();
  policy.save({ ...before, tillNumbersDeclared }, theProgram);
  const checkUp = checkUps.load();
  if (checkUp !== null) checkUps.save(provingNothing(checkUp), { what: 'not believed any more' });
  const isProfiled = settings.get(HOST_PROFILE_KEY) !== null;
  settings.remove(HOST_PROFILE_KEY);
  const areRulesOther = ruleBooks.setBack();
  return [
    ...(before.tillNumbersDeclared ? ['tillNumbersDeclared'] : []),
    ...(checkUp === null ? [] : ['check-up']),
    ...(isProfiled ? [HOST_PROFILE_KEY] : []),
    ...(areRulesOther ? ['rules'] : []),
  ];
}
