export interface ClockSetBack {
  readonly beforeMs: number;
  readonly nowMs: number;
}

/** Network time corrects by less: nobody has to know. */
const TOLD_FROM_MS = 60_000;

const sizeOf = ({ beforeMs, nowMs }: ClockSetBack): number => beforeMs - nowMs;

/** The largest skew so far; `newestMs` is the latest time of any entry or event. */
export function clockSetBack(
  known: ClockSetBack | null,
  newestMs: number,
  nowMs: number,
): ClockSetBack | null {
  const seen = { beforeMs: newestMs, nowMs };
  if (sizeOf(seen) < TOLD_FROM_MS) return known;
  return known === null || sizeOf(seen) > sizeOf(known) ? seen : known;
}
