export interface ClockRollback {
  readonly beforeMs: number;
  readonly nowMs: number;
}

/** Network time corrects by less: nobody has to know. */
const REPORTED_FROM_MS = 60_000;

const sizeOf = ({ beforeMs, nowMs }: ClockRollback): number => beforeMs - nowMs;

/** The largest skew so far; `newestMs` is the latest time of any entry or event. */
export function clockRollback(
  known: ClockRollback | null,
  newestMs: number,
  nowMs: number,
): ClockRollback | null {
  const seen = { beforeMs: newestMs, nowMs };
  if (sizeOf(seen) < REPORTED_FROM_MS) return known;
  return known === null || sizeOf(seen) > sizeOf(known) ? seen : known;
}
