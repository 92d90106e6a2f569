/** Bounds of this PC's clock skew against KYBIO's clock, which all tills of a chain share, ms. */
export interface HeardSkew {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** A `Date` header has whole seconds, and was written during the exchange. */
const OFF_BY_MS = 600;

/** Narrows the bounds; an answer that contradicts them means that a clock was set or has drifted. */
export function heardAgain(known: HeardSkew | null, skewMs: number): HeardSkew {
  const heard = { leastMs: skewMs - OFF_BY_MS, mostMs: skewMs + OFF_BY_MS };
  if (known === null) return heard;
  const leastMs = Math.max(known.leastMs, heard.leastMs);
  const mostMs = Math.min(known.mostMs, heard.mostMs);
  return leastMs > mostMs ? heard : { leastMs, mostMs };
}

export const likelySkewMs = (heard: HeardSkew | null): number =>
  heard === null ? 0 : (heard.leastMs + heard.mostMs) / 2;
