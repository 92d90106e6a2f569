import type { PolicyRepository, RuleRepository } from '../counter/index.ts';
import { CALL_COUNT_KEY } from '../hosts/calls/index.ts';
import { CLOSED_KEY, cautiousSettings, HOST_PROFILE_KEY } from '../hosts/index.ts';
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
import type { DirectoryRepository, ForgottenSends } from '../members/index.ts';
import {
  forgetComeBack,
  hasComeBack,
  keepRestored,
  type MachineWatch,
  type PutBack,
} from '../safety/index.ts';
import { type CheckUpRepository, type EvidenceRepository, provingNothing } from '../sending/index.ts';
import { isAskedAnew, type TillCopies } from './till-copies.ts';

/** Whether this till's own records can be relied on: looked at on opening, acted on at the start. */
export interface RecordsAtStart {
  /** What was found so far; null while all is vouched for. */
  problem(): Exclude<JournalState['kind'], 'fine'> | null;
  /** Takes out what was altered, then settles what the dead process left in `sending`. Returns how many. */
  recover(): number;
  /** Looks at the rest of the journal while nobody waits. */
  start(): void;
  stop(): void;
  /** A manager has looked: sending goes on, and on another machine than before it does so from here. */
  resume(who: Actor): void;
}

export interface RecordsAtStartParts extends SetBackParts {
  readonly db: Db;
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly forgottenSends: Pick<ForgottenSends, 'begin'>;
  readonly directory: Pick<DirectoryRepository, 'baseline'>;
  readonly evidence: Pick<EvidenceRepository, 'keepBeside'>;
  readonly keeper: JournalKeeper;
  readonly protocol: Pick<HostProtocol, 'readIncrement'>;
  /** Null while the key is lost: then nothing is relied on, and nothing is sent anyway. */
  readonly journal: JournalRepository | null;
  readonly tillIdentity: Pick<TillIdentity, 'begin' | 'end' | 'meet'>;
  readonly tillCopies: Pick<TillCopies, 'isAsked' | 'hold' | 'goOnHere'>;
  readonly seals: Seals;
  readonly machine: MachineWatch;
  /** What a person put back before this start; null where nobody did. */
  readonly restored: PutBack | null;
  /** What a restore asked of this start is committed. */
  readonly forgetRestored: () => void;
  readonly link: Link;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly changed: Changed<'journalProblem'>;
}

/** The note in the journal once the tables are sealed for the first time. */
export const SEALED = 'tables sealed';
const ALTERED = 'tables altered from outside';
const RESUMED = 'queue resumed';
const RESTORED = 'backup restored';

export function createRecordsAtStart(parts: RecordsAtStartParts): RecordsAtStart {
  const { db, outbox, transitions, keeper, journal, logger, changed } = parts;
  const state = keeper.start();
  let problem = state.kind === 'fine' ? null : state.kind;
  try {
    if (lookAtSeals(parts, state) && problem === null) problem = 'broken';
  } catch (thrown) {
    // The till does not open: a keeper that goes on would keep a program from ending, and write beside whoever opens it next.
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
          readIncrement: parts.protocol.readIncrement,
          trusted: keeper.trusted,
          onFound: (found) => {
            const { firstBroken, problems } = found;
            try {
              keeper.putRight(found);
            } catch (thrown) {
              // A full disk: what is wrong is told all the same, and put right before it is sent or at the next start.
              if (databaseFailure(thrown) === null) throw thrown;
              logger.error('tables.not-put-right', { error: String(thrown) });
            }
            if (problem !== null || (firstBroken === null && problems.length === 0)) return;
            problem = 'broken';
            changed('journalProblem');
          },
        });
  return {
    problem: () => problem,
    recover: () => {
      // Before any step of theirs is journaled: that would vouch for what somebody else wrote.
      const altered = outbox.open().filter(({ id }) => keeper.problem(id) !== null);
      const interrupted = transitions.recoverInterrupted();
      for (const { id, sequence } of altered) {
        const entry = outbox.byId(id);
        if (entry === null || entry.cause === 'not-vouched-for') continue;
        logger.error('outbox.not-vouched-for', { sequence, problem: 'start' });
        transitions.sendToReview(entry, 'not-vouched-for');
      }
      const isElsewhere = parts.machine.others.length > 0;
      if (isElsewhere) freeze(parts);
      else if (parts.machine.hasNews) parts.machine.settle(theProgram);
      const isCopied = isElsewhere || parts.tillCopies.isAsked();
      const isForked = forkOf(parts, state) !== null;
      if (isCopied || isForked) {
        keepForPeople(parts);
        // The baseline of a member is from before sends that are lost: no movement counts from there,
        // nor from anything that is read while those may still arrive.
        parts.forgottenSends.begin();
        // Yesterday's `queued` may have been sent since, and what a person had before them may have been answered with
        // *send*: after a restore a person looks at all that is open, once nothing of it can arrive any more.
        for (const entry of outbox.open())
          if (isAskedAnew(entry)) transitions.sendToReview(entry, 'restored');
      }
      if (altered.length > 0 || keeper.isAltered()) problem ??= 'broken';
      noteRestored(parts, state);
      // Asked already, or by the records that lay here before a backup was put back.
      if (parts.tillCopies.isAsked()) parts.tillCopies.hold();
      keeper.coverAnew();
      parts.forgetRestored();
      return interrupted;
    },
    start: () => audit?.start(),
    stop: () => audit?.stop(),
    resume: (who) => {
      // First the journal: a process that dies in between stops here once more, and asks again.
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

/** Why the way that the journal is on has forked since the till was open last; null where it goes on. */
function forkOf({ settings, restored }: RecordsAtStartParts, state: JournalState): EpochReason | null {
  if (restored !== null) return restored.isMoved ? 'moved' : 'restored';
  // It was moved away, and who has the file of that may have gone on with it all the same.
  if (hasComeBack(settings)) return 'never-opened';
  if (state.kind === 'rolled-back') return state.kind;
  return state.kind === 'other-key' ? 'new-chain' : null;
}

/** Whoever decides of what is open sees what was known of its member, and what of the member is lost (ADR 15). */
function keepForPeople({ outbox, directory, evidence, restored }: RecordsAtStartParts): void {
  for (const entry of outbox.open()) {
    const lost = (restored?.restored.entries ?? []).filter(
      ({ customerUid }) => customerUid === entry.customerUid,
    );
    const rows = lost.map(({ atMs, balance, point, state }) => ({ atMs, balance, point, state }));
    evidence.keepBeside(entry, directory.baseline(entry.customerUid), rows);
  }
}

/** Nobody is known by name where a till does not open: whoever stands at it has put the backup back. */
function noteRestored(parts: RecordsAtStartParts, state: JournalState): void {
  const { db, journal, settings, restored, logger } = parts;
  const why = forkOf(parts, state);
  if (why === null) return;
  db.transaction(() => {
    forgetComeBack(settings);
    if (restored !== null) {
      const { entries, ...facts } = restored.restored;
      logger.warn('till.restored', { lostRows: facts.lostRows });
      keepRestored(settings, restored.restored);
      const content = { ...facts, lostEntries: entries.length };
      journal?.append({ event: 'noted', actor: actorText(atThisTill), reason: RESTORED, content });
    }
    const who = restored === null ? theProgram : atThisTill;
    parts.tillIdentity.begin(why, who);
    // What lay here before it was put back has ended with that.
    parts.tillIdentity.end(restored?.ended ?? [], who);
    // Whatever copy it had met is met still: a backup answers for nobody.
    for (const epoch of restored?.open ?? []) parts.tillIdentity.meet(epoch, 'records');
  }).immediate();
}

const atThisTill: Actor = { role: 'till', person: '' };

/** The machine that this till's data was made on may go on sending: until a manager says which, this one does not. */
function freeze({ machine, link, logger }: RecordsAtStartParts): void {
  const words = machine.others.join(', ');
  logger.error('machine.other', { marks: words });
  link.update((now, at) => withPause(now, 'other-machine', words, at.nowMs));
}

/** True where a table was changed behind the till's back. What is only kept for speed is forgotten. */
function lookAtSeals(parts: RecordsAtStartParts, state: JournalState): boolean {
  const { db, seals, journal, link, logger } = parts;
  if (journal === null) return false;
  seals.renew();
  const isFirst = state.kind === 'other-key' || !(seals.areMade() || journal.hasNote(SEALED));
  const altered = isFirst ? [] : seals.altered();
  if (!isFirst && altered.length === 0) return false;
  const words = `altered: ${altered.join(', ')}`;
  // Together: a new seal without the pause would be an alarm that the next start knows nothing of.
  db.transaction(() => {
    if (altered.includes('member')) db.exec('DELETE FROM member');
    if (altered.includes('evidence')) db.exec('DELETE FROM evidence');
    seals.make();
    const ofSettings = altered.includes('setting');
    const reason = isFirst ? SEALED : ofSettings ? SETTINGS_ALTERED : ALTERED;
    const content = { tables: altered, setBack: ofSettings ? setBack(parts) : [] };
    if (!isFirst) link.keepPause('manager', words);
    journal.append({ event: 'noted', actor: actorText(theProgram), reason, content });
  }).immediate();
  if (altered.length === 0) return false;
  logger.error('database.altered', { tables: altered.join(' ') });
  link.update((now, at) => withPause(now, 'manager', words, at.nowMs));
  return true;
}

interface SetBackParts {
  readonly settings: Settings;
  readonly policy: PolicyRepository;
  readonly checkUps: Pick<CheckUpRepository, 'load' | 'save'>;
  readonly ruleBooks: Pick<RuleRepository, 'setBack'>;
}

/**
 * After somebody has altered the settings: nothing that lets the till decide or send by itself is relied on
 * until a manager declares, or the host proves, it anew. Limits and patience stay: their bounds hold for
 * whatever is stored. Returns what was set back; the caller's transaction holds it together.
 */
function setBack({ settings, policy, checkUps, ruleBooks }: SetBackParts): readonly string[] {
  const { tillNumbersDeclared } = cautiousSettings;
  const before = policy.current();
  policy.save({ ...before, tillNumbersDeclared }, theProgram);
  const checkUp = checkUps.load();
  if (checkUp !== null) checkUps.save(provingNothing(checkUp), { what: 'not believed any more' });
  const isProfiled = settings.get(HOST_PROFILE_KEY) !== null;
  settings.remove(HOST_PROFILE_KEY);
  const wasClosed = settings.get(CLOSED_KEY) !== null;
  settings.remove(CLOSED_KEY);
  // Dated, and asked for anew once a check-up has found again that it is told.
  settings.remove(CALL_COUNT_KEY);
  const areRulesOther = ruleBooks.setBack();
  return [
    ...(wasClosed ? [CLOSED_KEY] : []),
    ...(before.tillNumbersDeclared ? ['tillNumbersDeclared'] : []),
    ...(checkUp === null ? [] : ['check-up']),
    ...(isProfiled ? [HOST_PROFILE_KEY] : []),
    ...(areRulesOther ? ['rules'] : []),
  ];
}
