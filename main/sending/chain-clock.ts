/** Between what bounds this PC's clock is off from the one that all tills of a chain hear, KYBIO's. */
export interface HeardSkew {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** A `Date` has a grain of a second, and was written somewhere on the way. */
const OFF_BY_MS = 600;

/** Each answer bounds it anew; one that contradicts the others tells of a clock that was set, or has drifted. */
export function heardAgain(known: HeardSkew | null, skewMs: number): HeardSkew {
  const heard = { leastMs: skewMs - OFF_BY_MS, mostMs: skewMs + OFF_BY_MS };
  if (known === null) return heard;
  const leastMs = Math.max(known.leastMs, heard.leastMs);
  const mostMs = Math.min(known.mostMs, heard.mostMs);
  return leastMs > mostMs ? heard : { leastMs, mostMs };
}

export const likelySkewMs = (heard: HeardSkew | null): number =>
  heard === null ? 0 : (heard.leastMs + heard.mostMs) / 2;
