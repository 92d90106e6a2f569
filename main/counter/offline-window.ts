/** For how long nothing could be sent although something waits. */
export interface OfflineWindow {
  /** When it began, Unix ms; for the screen. */
  readonly sinceMs: number;
  readonly elapsedMs: number;
  /** When it was last looked at, by both clocks; the monotonic one begins anew with the process. */
  readonly atMs: number;
  readonly atMonotonicMs: number | null;
}

export interface BothClocks {
  readonly nowMs: number;
  readonly monotonicMs: number;
}

/**
 * The window after another look. Each step counts by whichever clock says more: a wall clock that was set
 * back cannot take time away, and sleep, in which the monotonic one stands still, is counted too.
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
