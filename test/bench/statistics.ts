/** The smallest value that at least this share of them does not exceed; needs one value. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('no values');
  const sorted = [...values].sort((left, right) => left - right);
  const place = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, place))] as number;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p99 = (values: readonly number[]): number => quantile(values, 0.99);

/** How large it is beside the other; nothing beside nothing is the same. */
export const ratioOf = (ours: number, against: number): number => (ours === against ? 1 : ours / against);
