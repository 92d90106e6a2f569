import { type Actor, actorText } from '../kernel/actor.ts';
import type { Logger } from '../kernel/ports.ts';
import type { JournalRepository, TillIdentity } from '../ledger/journal/index.ts';
import type { Vault, VaultSecrets } from '../people/index.ts';
import {
  areKnown,
  isSame,
  type MachineMark,
  type MachineMarks,
  marksFromText,
  otherMarks,
  parseMarks,
  withMarks,
} from './machine/marks.ts';

export interface MachineParts {
  /** Null where they were not read. */
  readonly now: MachineMarks | null;
  /** As stored with the credentials; null where nothing is. */
  readonly kept: MachineMarks | null;
  readonly keep: (marks: MachineMarks) => Promise<void>;
}

/** Play money may move between machines. */
export const noMachine: MachineParts = { now: null, kept: null, keep: async () => undefined };

export const machineIn = (
  vault: Vault,
  secrets: VaultSecrets | null,
  now: MachineMarks | null,
): MachineParts => ({
  now,
  kept: secrets?.machine === undefined ? null : marksFromText(secrets.machine),
  keep: async (marks) => vault.keepMachine?.(JSON.stringify(marks)),
});

export interface MachineWatch {
  /** Marks by which this is another machine than the till's; empty where it is the same, or unknown. */
  readonly others: readonly MachineMark[];
  /** Records this machine as the till's: at first, or when a manager confirms it. */
  settle(who: Actor): void;
  /** A store lacks marks of this machine. */
  readonly hasNews: boolean;
  /** The note beside the credentials is of this very machine. */
  readonly isKept: boolean;
}

const MACHINE = 'machine';

export function createMachineWatch(
  { now, kept, keep }: MachineParts,
  journal: Pick<JournalRepository, 'noted' | 'append'> | null,
  tillIdentity: Pick<TillIdentity, 'begin'>,
  logger: Logger,
): MachineWatch {
  const noted = parseMarks(journal?.noted(MACHINE));
  const known = knownFor(now, noted, kept);
  const others = now === null ? [] : [...new Set(known.flatMap((marks) => otherMarks(marks, now)))];
  /** The marks to store; null where this machine has none. */
  const settled = now === null || Object.keys(now).length === 0 ? null : afterAll(known, others, now);
  const isNews = (before: MachineMarks | null): boolean => settled !== null && !isSame(settled, before);
  return {
    others,
    hasNews: isNews(kept) || isNews(noted),
    isKept: now !== null && kept !== null && areKnown(kept, now),
    settle: (who) => {
      if (settled === null || journal === null) return;
      if (others.length > 0 && isNews(noted)) tillIdentity.begin('other-machine', who);
      if (isNews(noted))
        journal.append({
          event: 'noted',
          actor: actorText(who),
          reason: MACHINE,
          content: settled,
        });
      if (!isNews(kept)) return;
      // The keyring may refuse for a moment: the journal has it, and the next start tries again.
      keep(settled).catch((thrown: unknown) => logger.warn('machine.not-kept', { error: String(thrown) }));
    },
  };
}

/**
 * Both stores count: they agree on a copied disk, and one may be lost. Only a newest note of this very machine counts
 * alone, for it is written first and the keyring may have refused.
 */
function knownFor(
  now: MachineMarks | null,
  noted: MachineMarks | null,
  kept: MachineMarks | null,
): readonly MachineMarks[] {
  if (now !== null && noted !== null && areKnown(noted, now)) return [noted];
  return [kept, noted].filter((marks) => marks !== null);
}

/** A mark that cannot be read this time keeps its latest value. */
function afterAll(
  known: readonly MachineMarks[],
  others: readonly MachineMark[],
  now: MachineMarks,
): MachineMarks {
  const [earlier, later] = known;
  return others.length > 0 ? now : withMarks({ ...earlier, ...later }, now);
}
