/** How long nothing could be sent while something waits. */
export interface OfflineWindow {
  /** Unix ms; for the screen. */
  readonly sinceMs: number;
  readonly elapsedMs: number;
  /** The last look, by both clocks; the monotonic one restarts with the process. */
  readonly atMs: number;
  readonly atMonotonicMs: number | null;
}

interface BothClocks {
  readonly nowMs: number;
  readonly monotonicMs: number;
}

/**
 * The window after another look. Each step counts by the longer of both clocks: setting the wall clock back takes
 * nothing away, and sleep, which stops the monotonic clock, counts.
 */
export function afterLook(
  before: OfflineWindow | null,
  blocked: boolean,
  { nowMs, monotonicMs }: BothClocks,
): OfflineWindow | null {
  if (!blocked) return null;
  if (before === null) return { sinceMs: nowMs, elapsedMs: 0, atMs: nowMs, atMonotonicMs: monotonicMs };
  const byMonotonicMs = before.atMonotonicMs === null ? 0 : monotonicMs - before.atMonotonicMs;
  const stepMs = Math.max(0, nowMs - before.atMs, byMonotonicMs);
  return {
    sinceMs: before.sinceMs,
    elapsedMs: before.elapsedMs + stepMs,
    atMs: nowMs,
    atMonotonicMs: monotonicMs,
  };
}

export const isOverdue = (window: OfflineWindow | null, longestMs: number): boolean =>
  window !== null && window.elapsedMs >= longestMs;
