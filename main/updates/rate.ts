/** A token bucket in bytes. */
export interface Bucket {
  readonly bytesPerSecond: number;
  /** Negative until what was taken is made up for. */
  readonly level: number;
  readonly atMonotonicMs: number;
}

/** At most one second's worth, so that an idle line is not flooded afterwards. */
export const fullBucket = (bytesPerSecond: number, atMonotonicMs: number): Bucket => ({
  bytesPerSecond,
  level: bytesPerSecond,
  atMonotonicMs,
});

/** Takes received bytes and returns how long to pause reading. */
export function take(
  { bytesPerSecond, level, atMonotonicMs }: Bucket,
  bytes: number,
  nowMonotonicMs: number,
): { readonly bucket: Bucket; readonly waitMs: number } {
  const elapsedMs = Math.max(0, nowMonotonicMs - atMonotonicMs);
  const filled = Math.min(bytesPerSecond, level + (elapsedMs * bytesPerSecond) / 1_000);
  const left = filled - bytes;
  return {
    bucket: { bytesPerSecond, level: left, atMonotonicMs: nowMonotonicMs },
    waitMs: left >= 0 ? 0 : Math.ceil((-left * 1_000) / bytesPerSecond),
  };
}
