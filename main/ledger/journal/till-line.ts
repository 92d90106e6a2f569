import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Ids and epochs are 8 bytes, in hex. */
const HEX = 16;
const hexSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** The journal's note of a new epoch. */
export const EPOCH = 'epoch';
/** An epoch was met that is none of its own: a copy of this till lives, until a manager has said which goes on. */
export const EPOCH_MET = 'epoch met';
/** An epoch has ended: what was written in it is an old paper, and no living copy's. */
export const EPOCH_ENDED = 'epoch ended';
/** What a till's way through time forks at. */
export const epochReasons = [
  ...(['restored', 'rolled-back', 'new-chain', 'moved', 'never-opened', 'other-machine'] as const),
] as const;
export type EpochReason = (typeof epochReasons)[number];

const epochNoteSchema = z.object({ epoch: hexSchema, parent: hexSchema, why: z.string().max(40) });

const namedSchema = z.object({ epoch: hexSchema });

/** A note of an epoch as it lies in a journal. */
export interface KeptEpochNote {
  readonly reason: string;
  readonly content: unknown;
}

/** What is no such note is passed over. */
function epochsOf(notes: readonly KeptEpochNote[], reason: string): readonly string[] {
  const schema = reason === EPOCH ? epochNoteSchema : namedSchema;
  return notes.flatMap((note) => {
    const read = note.reason === reason ? schema.safeParse(note.content) : null;
    return read?.success === true ? [read.data.epoch] : [];
  });
}

/** The beginning of the MAC of a journal's first row: the same in every copy of it, another at each set-up. */
export const tillIdOf = (firstMac: string): string => firstMac.slice(0, HEX);

/** The first epoch of a till is derived from its id, so that a till of an older format has one without a new row. */
export const firstEpoch = (tillId: string): string =>
  createHash('sha256').update(`counterfoil epoch\n${tillId}`).digest('hex').slice(0, HEX);

/** Which till a journal is, and the way that it has come. */
export interface TillLine {
  readonly tillId: string;
  /** Its own epochs, the present one last. */
  readonly epochs: readonly string[];
  /** Epochs of copies and abandoned branches that are known to have ended. */
  readonly ended: readonly string[];
  /** Those of them that were met as living copies: another computer's, with a drawer of its own. */
  readonly endedCopies: readonly string[];
  /** Epochs of copies that a manager has not answered for yet. */
  readonly open: readonly string[];
}

export const epochOf = ({ tillId, epochs }: TillLine): string => epochs.at(-1) ?? firstEpoch(tillId);

/** The line of a journal by its first row's MAC and its notes of epochs, the oldest first. */
export function lineOf(firstMac: string, notes: readonly KeptEpochNote[]): TillLine {
  const tillId = tillIdOf(firstMac);
  const epochs = [...new Set([firstEpoch(tillId), ...epochsOf(notes, EPOCH)])];
  const ended = [...new Set(epochsOf(notes, EPOCH_ENDED))];
  const isKnown = (epoch: string) => epochs.includes(epoch) || ended.includes(epoch);
  const met = [...new Set(epochsOf(notes, EPOCH_MET))];
  const open = met.filter((epoch) => !isKnown(epoch));
  return { tillId, epochs, ended, endedCopies: ended.filter((epoch) => met.includes(epoch)), open };
}

/** What something says of the till that wrote it: a paper, a Z, a mark beside backups. */
export interface MetTill {
  readonly tillId: string;
  readonly epoch: string;
}

/**
 * `mine`: this till wrote it, now or before it was put back or moved. `ended`: a way of its own that is not gone on with.
 * `ended-copy`: a copy that was met, of which a manager said that it does not go on.
 * `copy`: an epoch under this till's id that it does not know, so another computer goes on with this till.
 */
export type Met = 'other-till' | 'mine' | 'ended' | 'ended-copy' | 'copy';

/** Pure. */
export function judgeMet({ tillId, epochs, ended, endedCopies }: TillLine, met: MetTill): Met {
  if (met.tillId !== tillId) return 'other-till';
  if (epochs.includes(met.epoch)) return 'mine';
  if (endedCopies.includes(met.epoch)) return 'ended-copy';
  return ended.includes(met.epoch) ? 'ended' : 'copy';
}
