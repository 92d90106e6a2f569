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
  /** The latest time of each run that was found. */
  readonly runs: ReadonlyMap<string, number>;
}

/** Starts of a till that are remembered; more are those of years. */
const MOST_RUNS = 100;

function withRun(runs: ReadonlyMap<string, number>, { run, atMs }: TillState): ReadonlyMap<string, number> {
  const now = new Map(runs);
  now.delete(run);
  now.set(run, Math.max(atMs, runs.get(run) ?? 0));
  return new Map([...now].slice(-MOST_RUNS));
}

export function observe(known: Observed | null, state: TillState, nowMs: number): Observed {
  const { atMs, run } = state;
  const aheadMs = Math.max(0, atMs - nowMs);
  const runs = withRun(known?.runs ?? new Map(), state);
  if (known === null) return { state, seenAtMs: Math.min(atMs, nowMs), lookedAtMs: nowMs, aheadMs, runs };
  const before = known.runs.get(run);
  // A run that was never found says of itself only that it is newer; one that goes on is alive whatever its clock says.
  const isAlive = before === undefined ? Math.min(atMs, nowMs) > known.seenAtMs : atMs > before;
  if (!isAlive) return { ...known, lookedAtMs: nowMs, runs };
  // Between the last look and this one, whatever its clock says.
  const seenAtMs = Math.min(Math.max(atMs, known.lookedAtMs), nowMs);
  return { state, seenAtMs, lookedAtMs: nowMs, aheadMs, runs };
}

/** A copy that was not met any more for so long is gone. */
export const COPY_MS = 86_400_000;

/** What a run knows of others that write under its till's id. */
export interface Foreign {
  readonly startedAtMs: number;
  /** The last state of another run; undefined before the first look. */
  readonly seen: Pick<TillState, 'run' | 'atMs'> | null | undefined;
}

/**
 * Whether the state that lies in this till's place is a living copy's: of another run, which wrote since this one began. What
 * lay there at the first look is this till's own past.
 */
export function isOfLivingCopy(
  found: Pick<TillState, 'run' | 'atMs'>,
  ownRun: string,
  { startedAtMs, seen }: Foreign,
) {
  if (found.run === ownRun || seen === undefined) return false;
  return seen?.run === found.run ? found.atMs > seen.atMs : found.atMs > startedAtMs;
}
