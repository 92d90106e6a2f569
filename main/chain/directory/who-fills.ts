import type { ReadState } from '../states/state-reader.ts';

/** A till of the account, as far as the member directory is concerned. */
export interface DirectoryTill {
  readonly tillId: string;
  readonly number: number;
  /** When its directory was last whole; null where it never was. */
  readonly wholeAtMs: number | null;
}

/** Another one, by the state that it leaves in the chain's folder. */
export interface HeardTill extends DirectoryTill {
  /** When this till last saw it say something new. */
  readonly heardAtMs: number;
}

/** What the folder told of them when it was last read. */
export interface HeardTills {
  /** When the newest was heard of, which is this till itself: while the folder cannot be read, nobody grows silent. */
  readonly readAtMs: number;
  readonly tills: readonly HeardTill[];
}

/** Longer than a shop is closed for in a week. */
export const SILENT_MS = 3 * 86_400_000;

/** This till's own state is among them; null before any was read. */
export function heardOf(states: readonly ReadState[]): HeardTills | null {
  if (states.length === 0) return null;
  const tills = states.map(({ state: { tillId, number, directory }, seenAtMs }): HeardTill => {
    return { tillId, number, wholeAtMs: directory.wholeAtMs, heardAtMs: seenAtMs };
  });
  return { readAtMs: Math.max(...states.map(({ seenAtMs }) => seenAtMs)), tills };
}

function awake(self: DirectoryTill, { readAtMs, tills }: HeardTills): readonly HeardTill[] {
  // A copy of this till fills as well until a manager ends one of the two: that costs calls.
  return tills.filter(({ tillId, heardAtMs }) => tillId !== self.tillId && readAtMs - heardAtMs <= SILENT_MS);
}

const isBefore = (one: DirectoryTill, other: DirectoryTill): boolean =>
  one.number === other.number ? one.tillId < other.tillId : one.number < other.number;

/**
 * Whether this till reads the member directory from KYBIO for all: the first by number, then by id, of those that were
 * heard of lately. Without a folder (null) that is till 1.
 */
export const fillsDirectory = (self: DirectoryTill, others: HeardTills | null): boolean =>
  others === null ? self.number === 1 : awake(self, others).every((other) => isBefore(self, other));

/** Whether this till puts a file into the folder where none is good: the first of those with the newest whole directory. */
export function restoresFile(self: DirectoryTill, others: HeardTills | null): boolean {
  const { wholeAtMs } = self;
  if (wholeAtMs === null) return false;
  if (others === null) return self.number === 1;
  return awake(self, others).every(
    (other) =>
      (other.wholeAtMs ?? -1) < wholeAtMs || (other.wholeAtMs === wholeAtMs && isBefore(self, other)),
  );
}
