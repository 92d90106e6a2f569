import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * Hashed ids of a machine. One that the system does not offer is absent; one with several names has their hashes,
 * separated by spaces.
 */
export const machineMarksSchema = z.object({
  /** The installation of the system; goes with a copied disk. */
  installation: z.string().optional(),
  /** The main board or the whole machine. */
  board: z.string().optional(),
  /** The system's disk. */
  disk: z.string().optional(),
});
export type MachineMarks = z.infer<typeof machineMarksSchema>;
export type MachineMark = keyof MachineMarks;

/** Reads them without special rights. Never throws. */
export interface Machine {
  marks(): Promise<MachineMarks>;
}

const markNames = ['installation', 'board', 'disk'] as const;

/** Placeholders of boards without a serial number. */
const noMark = /^$|^0+$|^f+$|^(03000200040005000006000700080009)$|^(to be filled|default|none|unknown|not)/;

const hashOf = (name: string): string | null => {
  const plain = name.trim().toLowerCase();
  if (noMark.test(plain.replaceAll(/[-\s{}]/g, '')) || noMark.test(plain)) return null;
  return createHash('sha256').update(`counterfoil machine\n${plain}`).digest('hex').slice(0, 32);
};

const textOf = (hashes: readonly string[]): string => [...new Set(hashes)].sort().join(' ');
const hashesOf = (mark: string | undefined): readonly string[] => (mark === undefined ? [] : mark.split(' '));

/** All names for one thing; null where there is none. */
export type NamesRead = string | readonly string[] | null;

/** Undefined for what identifies no machine. */
export function markOf(read: NamesRead): string | undefined {
  const names = typeof read === 'string' ? [read] : (read ?? []);
  const hashes = names.map(hashOf).filter((hash) => hash !== null);
  return hashes.length === 0 ? undefined : textOf(hashes);
}

/** JSON would drop them anyway. */
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

/** Marks that differ; empty where nothing can be compared. */
export const otherMarks = (known: MachineMarks, now: MachineMarks): readonly MachineMark[] =>
  markNames.filter((name) => {
    const [before, present] = [hashesOf(known[name]), hashesOf(now[name])];
    return before.length > 0 && present.length > 0 && !present.some((hash) => before.includes(hash));
  });

/** Keeps names that were not read this time. */
export const withMarks = (known: MachineMarks, now: MachineMarks): MachineMarks =>
  withoutAbsent((name) => {
    const hashes = [...hashesOf(known[name]), ...hashesOf(now[name])];
    return hashes.length === 0 ? undefined : textOf(hashes);
  });

/** Every mark read now is known and equal. */
export const areKnown = (known: MachineMarks, now: MachineMarks): boolean =>
  otherMarks(known, now).length === 0 &&
  markNames.every((name) => now[name] === undefined || known[name] !== undefined);

export const isSame = (one: MachineMarks, other: MachineMarks | null): boolean =>
  other !== null && markNames.every((name) => one[name] === other[name]);

/** Null where it cannot be parsed. */
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
