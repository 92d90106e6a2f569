import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * What a machine is known by, each mark hashed: which mark is another one matters, and what it says does not. A mark
 * that the system does not offer is absent; where it has several names, their hashes stand with a space between.
 */
export const machineMarksSchema = z.object({
  /** Of the system as it was installed: goes with a copied disk. */
  installation: z.string().optional(),
  /** Of the main board, or of the whole machine. */
  board: z.string().optional(),
  /** Of the disk that the system starts from. */
  disk: z.string().optional(),
});
export type MachineMarks = z.infer<typeof machineMarksSchema>;
export type MachineMark = keyof MachineMarks;

/** What this machine is known by, as far as its system tells without rights. Never throws. */
export interface Machine {
  marks(): Promise<MachineMarks>;
}

const markNames = ['installation', 'board', 'disk'] as const;

/** What boards say that were never given a number, and what is no number at all. */
const noMark = /^$|^0+$|^f+$|^(03000200040005000006000700080009)$|^(to be filled|default|none|unknown|not)/;

const hashOf = (name: string): string | null => {
  const plain = name.trim().toLowerCase();
  if (noMark.test(plain.replaceAll(/[-\s{}]/g, '')) || noMark.test(plain)) return null;
  return createHash('sha256').update(`counterfoil machine\n${plain}`).digest('hex').slice(0, 32);
};

const textOf = (hashes: readonly string[]): string => [...new Set(hashes)].sort().join(' ');
const hashesOf = (mark: string | undefined): readonly string[] => (mark === undefined ? [] : mark.split(' '));

/** One name, all that a system has for the same thing, or null where it gives none. */
export type NamesRead = string | readonly string[] | null;

/** Undefined for what distinguishes no machine from another. */
export function markOf(read: NamesRead): string | undefined {
  const names = typeof read === 'string' ? [read] : (read ?? []);
  const hashes = names.map(hashOf).filter((hash) => hash !== null);
  return hashes.length === 0 ? undefined : textOf(hashes);
}

/** Without what is absent, which no JSON would keep apart. */
const withoutAbsent = (markNamed: (name: MachineMark) => string | undefined): MachineMarks => {
  const marks: MachineMarks = {};
  for (const name of markNames) {
    const mark = markNamed(name);
    if (mark !== undefined) marks[name] = mark;
  }
  return marks;
};

export const marksOf = (read: { readonly [Mark in MachineMark]: NamesRead }): MachineMarks =>
  withoutAbsent((name) => markOf(read[name]));

/** The marks by which this is another machine than the one that is known; none where nothing can be compared. */
export const otherMarks = (known: MachineMarks, now: MachineMarks): readonly MachineMark[] =>
  markNames.filter((name) => {
    const [before, present] = [hashesOf(known[name]), hashesOf(now[name])];
    return before.length > 0 && present.length > 0 && !present.some((hash) => before.includes(hash));
  });

/** What is known of one machine once it was met again: a name that was not read this time is still its own. */
export const withMarks = (known: MachineMarks, now: MachineMarks): MachineMarks =>
  withoutAbsent((name) => {
    const hashes = [...hashesOf(known[name]), ...hashesOf(now[name])];
    return hashes.length === 0 ? undefined : textOf(hashes);
  });

/** Every mark that was read now is known, and known so. */
export const areKnown = (known: MachineMarks, now: MachineMarks): boolean =>
  otherMarks(known, now).length === 0 &&
  markNames.every((name) => now[name] === undefined || known[name] !== undefined);

export const isSame = (one: MachineMarks, other: MachineMarks | null): boolean =>
  other !== null && markNames.every((name) => one[name] === other[name]);

/** Null where it cannot be made out. */
export function parseMarks(value: unknown): MachineMarks | null {
  const parsed = machineMarksSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

export function marksFromText(text: string): MachineMarks | null {
  try {
    return parseMarks(JSON.parse(text));
  } catch {
    return null;
  }
}
