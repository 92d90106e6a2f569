import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Length of ids and epochs: 8 bytes in hex. */
const HEX = 16;
const hexSchema = z.string().regex(/^[0-9a-f]{16}$/);

export const EPOCH = 'epoch';
/** An epoch not its own was seen: a clone is running, until a manager has said which one goes on. */
export const EPOCH_MET = 'epoch met';
/** An epoch has ended: what was written in it is old, not a running clone's. */
export const EPOCH_ENDED = 'epoch ended';
/** Why a new epoch begins. */
export type EpochReason =
  | 'restored'
  | 'rolled-back'
  | 'new-chain'
  | 'moved'
  | 'never-opened'
  | 'other-machine';

const epochNoteSchema = z.object({ epoch: hexSchema, parent: hexSchema, why: z.string().max(40) });

const namedSchema = z.object({ epoch: hexSchema });

interface StoredEpochNote {
  readonly reason: string;
  readonly content: unknown;
}

/** Skips what is no such note. */
function epochsOf(notes: readonly StoredEpochNote[], reason: string): readonly string[] {
  const schema = reason === EPOCH ? epochNoteSchema : namedSchema;
  return notes.flatMap((note) => {
    const read = note.reason === reason ? schema.safeParse(note.content) : null;
    return read?.success === true ? [read.data.epoch] : [];
  });
}

/** Start of the first row's MAC: the same in every copy of a journal, another at each set-up. */
const tillIdOf = (firstMac: string): string => firstMac.slice(0, HEX);

/** Derived from the id: the first epoch has no row of its own. */
export const firstEpoch = (tillId: string): string =>
  createHash('sha256').update(`counterfoil epoch\n${tillId}`).digest('hex').slice(0, HEX);

/** A journal's till and epochs. */
export interface TillLine {
  readonly tillId: string;
  /** Its own, the current one last. */
  readonly epochs: readonly string[];
  /** Ended epochs of clones and abandoned branches. */
  readonly ended: readonly string[];
  /** Those of them that were seen as running clones: another computer's, with a drawer of its own. */
  readonly endedCopies: readonly string[];
  /** Epochs of clones that wait for a manager's answer. */
  readonly open: readonly string[];
}

export const epochOf = ({ tillId, epochs }: TillLine): string => epochs.at(-1) ?? firstEpoch(tillId);

/** From the first row's MAC and the notes of epochs, oldest first. */
export function lineOf(firstMac: string, notes: readonly StoredEpochNote[]): TillLine {
  const tillId = tillIdOf(firstMac);
  const epochs = [...new Set([firstEpoch(tillId), ...epochsOf(notes, EPOCH)])];
  const ended = [...new Set(epochsOf(notes, EPOCH_ENDED))];
  const isKnown = (epoch: string) => epochs.includes(epoch) || ended.includes(epoch);
  const met = [...new Set(epochsOf(notes, EPOCH_MET))];
  const open = met.filter((epoch) => !isKnown(epoch));
  return { tillId, epochs, ended, endedCopies: ended.filter((epoch) => met.includes(epoch)), open };
}

/** The till that wrote a receipt, a Z or a mark beside backups. */
export interface MetTill {
  readonly tillId: string;
  readonly epoch: string;
}

/**
 * `mine`: this till, now or before a restore or move. `ended`: its own epoch that does not go on. `ended-copy`: a clone that
 * a manager said does not go on. `copy`: an unknown epoch under this till's id, so another computer runs this till.
 */
export type Met = 'other-till' | 'mine' | 'ended' | 'ended-copy' | 'copy';

/** Pure. */
export function compareMet({ tillId, epochs, ended, endedCopies }: TillLine, met: MetTill): Met {
  if (met.tillId !== tillId) return 'other-till';
  if (epochs.includes(met.epoch)) return 'mine';
  if (endedCopies.includes(met.epoch)) return 'ended-copy';
  return ended.includes(met.epoch) ? 'ended' : 'copy';
}
