import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Of ids and epochs: 8 bytes, hex. */
const HEX = 16;
const hexSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** The journal's note of a new epoch. */
export const EPOCH = 'epoch';
/** What a till's way through time forks at. */
export const epochReasons = ['restored', 'rolled-back', 'new-chain', 'moved', 'other-machine'] as const;
export type EpochReason = (typeof epochReasons)[number];

const epochNoteSchema = z.object({ epoch: hexSchema, parent: hexSchema, why: z.string().max(40) });
export type EpochNote = z.infer<typeof epochNoteSchema>;

/** Null for what is no such note. */
export function readEpochNote(content: unknown): EpochNote | null {
  const read = epochNoteSchema.safeParse(content);
  return read.success ? read.data : null;
}

/** The beginning of the MAC of a journal's first row: the same in every copy of it, another at each set-up. */
export const tillIdOf = (firstMac: string): string => firstMac.slice(0, HEX);

/** Of a till that was never put back or moved: derived, so that one of an older format has it without a row more. */
export const firstEpoch = (tillId: string): string =>
  createHash('sha256').update(`counterfoil epoch\n${tillId}`).digest('hex').slice(0, HEX);

/** Which till a journal is, and the way that it has come. */
export interface TillLine {
  readonly tillId: string;
  /** Its own epochs, the present one last. */
  readonly epochs: readonly string[];
}

export const epochOf = ({ tillId, epochs }: TillLine): string => epochs.at(-1) ?? firstEpoch(tillId);

/**
 * The line of a journal by its first row's MAC and the contents of its notes of epochs, the oldest first. What is no such
 * note is passed over.
 */
export function lineOf(firstMac: string, notes: readonly unknown[]): TillLine {
  const tillId = tillIdOf(firstMac);
  const later = notes.flatMap((content) => readEpochNote(content)?.epoch ?? []);
  return { tillId, epochs: [...new Set([firstEpoch(tillId), ...later])] };
}

/** What is said of a till by something that it, or a copy of it, has written: a paper, a Z, a mark. */
export interface MetTill {
  readonly tillId: string;
  readonly epoch: string;
}
