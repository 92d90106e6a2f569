import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * What a machine is known by, each mark hashed: which mark is another one matters, and what it says does not. A mark
 * that the system does not offer is absent.
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

/** What boards say that were never given a number, and what is no number at all. */
const noMark = /^$|^0+$|^f+$|^(03000200040005000006000700080009)$|^(to be filled|default|none|unknown|not)/;

/** Null for what distinguishes no machine from another. */
export function markOf(text: string | null): string | undefined {
  const plain = (text ?? '').trim().toLowerCase();
  if (noMark.test(plain.replaceAll(/[-\s{}]/g, '')) || noMark.test(plain)) return undefined;
  return createHash('sha256').update(`counterfoil machine\n${plain}`).digest('hex').slice(0, 32);
}

/** Without what is absent, which no JSON would keep apart. */
export const marksOf = (
  read: {
    readonly [Mark in MachineMark]: string | null;
  },
): MachineMarks => {
  const marks: MachineMarks = {};
  for (const name of ['installation', 'board', 'disk'] as const) {
    const mark = markOf(read[name]);
    if (mark !== undefined) marks[name] = mark;
  }
  return marks;
};

/** The marks by which this is another machine than the one that is known; none where nothing can be compared. */
export const otherMarks = (known: MachineMarks, now: MachineMarks): readonly MachineMark[] =>
  (['installation', 'board', 'disk'] as const).filter(
    (name) => known[name] !== undefined && now[name] !== undefined && known[name] !== now[name],
  );

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
