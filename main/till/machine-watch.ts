import type { Vault, VaultSecrets } from '../credentials/vault.ts';
import {
  type MachineMark,
  type MachineMarks,
  marksFromText,
  otherMarks,
  parseMarks,
} from '../machine/marks.ts';
import type { JournalRepository } from '../outbox/journal-repository.ts';
import type { Logger } from '../ports.ts';

/** What is known of the machine, and of the one that the till last sent from. */
export interface MachineParts {
  /** Of this machine; null where nobody asked. */
  readonly now: MachineMarks | null;
  /** As it lies with the credentials; null where nothing does. */
  readonly kept: MachineMarks | null;
  readonly keep: (marks: MachineMarks) => Promise<void>;
}

/** Made-up money may be practised with anywhere. */
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
  /** By what this is another machine than the till's; none where it is the same, or nothing can be told. */
  readonly others: readonly MachineMark[];
  /** From now on the till is at home here: where nothing was known yet, or where a manager says so. */
  settle(actor: string): void;
  /** Something of this machine was not known yet. */
  readonly hasNews: boolean;
}

/** The journal's note of the machine that sends. */
const MACHINE = 'machine';

export function createMachineWatch(
  { now, kept, keep }: MachineParts,
  journal: Pick<JournalRepository, 'noted' | 'append'> | null,
  logger: Logger,
): MachineWatch {
  const noted = parseMarks(journal?.noted(MACHINE));
  // Both places: with a copied disk they agree, and where one was lost the other tells.
  const known = [kept, noted].filter((marks) => marks !== null);
  const others = now === null ? [] : [...new Set(known.flatMap((marks) => otherMarks(marks, now)))];
  const isNews = (before: MachineMarks | null): boolean =>
    Object.keys(now ?? {}).some((name) => before?.[name as MachineMark] === undefined);
  return {
    others,
    hasNews: isNews(kept) || isNews(noted),
    settle: (actor) => {
      if (now === null || journal === null) return;
      // A mark that is not told this time is still this machine's.
      const marks = others.length > 0 ? now : { ...noted, ...kept, ...now };
      journal.append({ entryId: null, event: 'noted', actor, reason: MACHINE, content: marks });
      // A keyring that refuses for a moment: the journal has it.
      keep(marks).catch((thrown: unknown) => logger.warn('machine.not-kept', { error: String(thrown) }));
    },
  };
}
