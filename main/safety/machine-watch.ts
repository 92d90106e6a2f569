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
  settle(who: Actor): void;
  /** Something of this machine was not known yet, or not in both places. */
  readonly hasNews: boolean;
}

/** The journal's note of the machine that sends. */
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
  /** What is to be known of this machine from now on; null where nothing of it is told. */
  const settled = now === null || Object.keys(now).length === 0 ? null : afterAll(known, others, now);
  const isNews = (before: MachineMarks | null): boolean => settled !== null && !isSame(settled, before);
  return {
    others,
    hasNews: isNews(kept) || isNews(noted),
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
      // A keyring that refuses for a moment: the journal has it, and the next start asks the keyring again.
      keep(settled).catch((thrown: unknown) => logger.warn('machine.not-kept', { error: String(thrown) }));
    },
  };
}

/**
 * Both places: with a copied disk they agree, and where one was lost the other tells. Only where the journal's newest
 * note is of this very machine it tells alone: it is written first, and the keyring may have refused then.
 */
function knownFor(
  now: MachineMarks | null,
  noted: MachineMarks | null,
  kept: MachineMarks | null,
): readonly MachineMarks[] {
  if (now !== null && noted !== null && areKnown(noted, now)) return [noted];
  return [kept, noted].filter((marks) => marks !== null);
}

/** A mark that is not told this time is still this machine's, by the later word of the two. */
function afterAll(
  known: readonly MachineMarks[],
  others: readonly MachineMark[],
  now: MachineMarks,
): MachineMarks {
  const [earlier, later] = known;
  return others.length > 0 ? now : withMarks({ ...earlier, ...later }, now);
}
