import type { TillState } from './till-state.ts';

// What a reader makes of a state that it found. A till's clock may be wrong, and whoever has the folder may put an old file
// back; so a till lives by what its file does while the reader watches.

export interface Observed {
  /** The newest that was alive when it was found. */
  readonly state: TillState;
  /** When it was written: by the reader's clock, or at first sight by the till's own. */
  readonly seenAtMs: number;
  /** When the reader last looked. */
  readonly lookedAtMs: number;
  /** So much is the till's clock ahead of the reader's. */
  readonly aheadMs: number;
  /** How far each run was that was found. */
  readonly runs: ReadonlyMap<string, number>;
}

/** Starts of a till that are remembered; more are those of years. */
const MOST_RUNS = 100;

/** A clock may be set back while the program runs; how often it wrote only grows. */
const reached = ({ atMs, written }: TillState): number => written ?? atMs;

function withRun(runs: ReadonlyMap<string, number>, state: TillState): ReadonlyMap<string, number> {
  const { run } = state;
  const now = new Map(runs);
  now.delete(run);
  now.set(run, Math.max(reached(state), runs.get(run) ?? 0));
  return new Map([...now].slice(-MOST_RUNS));
}

export function observe(known: Observed | null, state: TillState, nowMs: number): Observed {
  const { atMs, run } = state;
  const aheadMs = Math.max(0, atMs - nowMs);
  const runs = withRun(known?.runs ?? new Map(), state);
  if (known === null) return { state, seenAtMs: Math.min(atMs, nowMs), lookedAtMs: nowMs, aheadMs, runs };
  const before = known.runs.get(run);
  // A run that was never found says of itself only that it is newer; one that goes on is alive whatever its clock says.
  const isAlive = before === undefined ? Math.min(atMs, nowMs) > known.seenAtMs : reached(state) > before;
  // The reader's own clock may have been set back.
  if (!isAlive) return { ...known, seenAtMs: Math.min(known.seenAtMs, nowMs), lookedAtMs: nowMs, runs };
  // Between the last look and this one, whatever its clock says.
  const seenAtMs = Math.min(Math.max(atMs, known.lookedAtMs), nowMs);
  return { state, seenAtMs, lookedAtMs: nowMs, aheadMs, runs };
}

/** A copy that was not met any more for so long is gone. */
export const COPY_MS = 86_400_000;

/**
 * Whether the state that lies in this till's place is a living copy's: of another run, which has read what this one wrote. No
 * file from before says so, whatever any clock says and whoever puts it back.
 */
export const isOfLivingCopy = ({ run, saw }: Pick<TillState, 'run' | 'saw'>, ownRun: string): boolean =>
  run !== ownRun && saw === ownRun;
