import type { OurEntry, Timed } from './compared.ts';

type Pair = readonly [entry: OurEntry, line: Timed];
type Fits = (entry: OurEntry, line: Timed) => boolean;

/** Larger tangles that do not pair off in time order go to a person. */
const MOST = 60;

/** Gives each entry a row of its own that fits; null where there is no such assignment. */
export function pairOff(
  entries: readonly OurEntry[],
  lines: readonly Timed[],
  fits: Fits,
): readonly Pair[] | null {
  const inOrder = [...entries].sort((left, right) => left.time.localeCompare(right.time));
  const rows = [...lines].sort(
    (left, right) => (left.atMs ?? 0) - (right.atMs ?? 0) || left.place - right.place,
  );
  const pairs = inOrder.flatMap((entry, at): Pair[] => {
    const row = rows[at];
    return row === undefined ? [] : [[entry, row]];
  });
  if (pairs.every(([entry, row]) => fits(entry, row))) return pairs;
  return entries.length > MOST ? null : inAnyOrder(inOrder, rows, fits);
}

/** Bipartite matching by augmenting paths (Kuhn). */
function inAnyOrder(
  entries: readonly OurEntry[],
  rows: readonly Timed[],
  fits: Fits,
): readonly Pair[] | null {
  const fitting = new Map(entries.map((entry) => [entry, rows.filter((row) => fits(entry, row))]));
  const taken = new Map<Timed, OurEntry>();
  const takes = (entry: OurEntry, tried: Set<Timed>): boolean =>
    (fitting.get(entry) ?? []).some((row) => {
      if (tried.has(row)) return false;
      tried.add(row);
      const other = taken.get(row);
      if (other !== undefined && !takes(other, tried)) return false;
      taken.set(row, entry);
      return true;
    });
  if (!entries.every((entry) => takes(entry, new Set()))) return null;
  return [...taken].map(([row, entry]): Pair => [entry, row]);
}
