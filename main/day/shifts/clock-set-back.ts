/** Both times of a clock that was set back. */
export interface ClockSetBack {
  readonly beforeMs: number;
  readonly nowMs: number;
}

/** A clock that follows the network's is put right by less than this, and nobody has to know. */
const TOLD_FROM_MS = 60_000;

const sizeOf = ({ beforeMs, nowMs }: ClockSetBack): number => beforeMs - nowMs;

/** The largest that was seen so far. `newestMs` is the latest moment that anything was done at. */
export function clockSetBack(
  known: ClockSetBack | null,
  newestMs: number,
  nowMs: number,
): ClockSetBack | null {
  const seen = { beforeMs: newestMs, nowMs };
  if (sizeOf(seen) < TOLD_FROM_MS) return known;
  return known === null || sizeOf(seen) > sizeOf(known) ? seen : known;
}
