/** How high the rows of a list are, most of which nobody has drawn yet. */
export interface RowHeights {
  /** Where a row begins; of as many as there are: how long the list is. */
  readonly topOf: (index: number) => number;
  /** The row that is at this place, or the nearest. */
  readonly rowAt: (place: number) => number;
  /** False where that was known. */
  readonly measured: (index: number, height: number) => boolean;
}

/** `known` has the height of a row that was drawn before; of all others `guess` is taken. */
export function createRowHeights(
  count: number,
  guess: number,
  known: (index: number) => number | undefined,
): RowHeights {
  const heights = Float64Array.from({ length: count }, (_, index) => known(index) ?? guess);
  const tops = new Float64Array(count + 1);
  /** The tops up to this one are right. */
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
  /** Rows that are not drawn: from one up to another, and how much room they take. */
  | { readonly kind: 'gap'; readonly from: number; readonly height: number };

/** The rows of a stretch, and those that are drawn wherever they are, with gaps for all others. */
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
