/** Row heights of a list that is mostly not drawn. */
export interface RowHeights {
  /** A row's offset; at the row count, the list's length. */
  readonly topOf: (index: number) => number;
  /** The row at this offset, or the nearest. */
  readonly rowAt: (place: number) => number;
  /** Returns false where the height was known. */
  readonly measured: (index: number, height: number) => boolean;
}

/** `known` returns the height of a row drawn before; others use `guess`. */
export function createRowHeights(
  count: number,
  guess: number,
  known: (index: number) => number | undefined,
): RowHeights {
  const heights = Float64Array.from({ length: count }, (_, index) => known(index) ?? guess);
  const tops = new Float64Array(count + 1);
  /** Offsets are valid up to this index. */
  let right = 0;
  const settle = () => {
    for (; right < count; right += 1) tops[right + 1] = (tops[right] ?? 0) + (heights[right] ?? 0);
  };
  return {
    topOf: (index) => {
      settle();
      return tops[Math.max(0, Math.min(count, index))] ?? 0;
    },
    rowAt: (place) => {
      settle();
      let [low, high] = [0, Math.max(0, count - 1)];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((tops[middle] ?? 0) <= place) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    measured: (index, height) => {
      if (index < 0 || index >= count || heights[index] === height) return false;
      heights[index] = height;
      right = Math.min(right, index);
      return true;
    },
  };
}

export type ListPart =
  | { readonly kind: 'row'; readonly index: number }
  /** A gap: rows that are not drawn, and their height. */
  | { readonly kind: 'gap'; readonly from: number; readonly height: number };

/** The rows of a range and pinned rows, with gaps for the others. */
export function partsOf(
  heights: RowHeights,
  { count, from, to, also }: { count: number; from: number; to: number; also: readonly number[] },
): readonly ListPart[] {
  const stretch = Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, at) => from + at);
  const rows = [...new Set([...stretch, ...also.filter((index) => index >= 0 && index < count)])];
  const parts: ListPart[] = [];
  let next = 0;
  for (const index of rows.sort((one, other) => one - other)) {
    if (index > next) {
      parts.push({ kind: 'gap', from: next, height: heights.topOf(index) - heights.topOf(next) });
    }
    parts.push({ kind: 'row', index });
    next = index + 1;
  }
  if (next < count) {
    parts.push({ kind: 'gap', from: next, height: heights.topOf(count) - heights.topOf(next) });
  }
  return parts;
}
