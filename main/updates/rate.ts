/** A bucket of bytes that fills at a steady rate: what is in it may be taken at once, the rest is waited for. */
export interface Bucket {
  readonly bytesPerSecond: number;
  /** Below nothing while what was taken is not made up for. */
  readonly level: number;
  readonly atMonotonicMs: number;
}

/** Never fuller than one second's worth: a line that lay still is not flooded afterwards. */
export const fullBucket = (bytesPerSecond: number, atMonotonicMs: number): Bucket => ({
  bytesPerSecond,
  level: bytesPerSecond,
  atMonotonicMs,
});

/** Takes what has come, and says how long to read no more. */
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
