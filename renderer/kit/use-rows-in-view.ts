import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRowHeights, type ListPart, partsOf } from './row-heights.ts';

/** The guessed height of an undrawn row: a name and a line below it. */
const GUESS_PX = 52;

/** Extra rows drawn above and below, for the wheel and the Tab key. */
const MARGIN_PX = 300;

/** Before measuring: a screenful. */
const FIRST_ROWS = 24;

interface RowRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Draws only the visible rows of a list and some around them. Each row has its number in `data-row`. The focused row
 * stays drawn wherever the list is scrolled.
 */
export function useRowsInView(keys: readonly string[]): {
  readonly bodyRef: RefObject<HTMLTableSectionElement | null>;
  readonly parts: readonly ListPart[];
  /** Draws the row, focuses its first button and brings it into sight. */
  readonly focusRow: (index: number) => void;
} {
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const known = useRef(new Map<string, number>());
  const range = useRef<RowRange>({ from: 0, to: FIRST_ROWS });
  const [, drawAnew] = useReducer((times: number) => times + 1, 0);
  const heights = useMemo(
    () => createRowHeights(keys.length, GUESS_PX, (index) => known.current.get(keys[index] ?? '')),
    [keys],
  );

  const look = useCallback(() => {
    const body = bodyRef.current;
    if (body === null) return;
    const top = -body.getBoundingClientRect().top;
    const around = (margin: number): RowRange => ({
      from: heights.rowAt(top - margin),
      to: heights.rowAt(top + window.innerHeight + margin) + 1,
    });
    const needed = around(MARGIN_PX / 2);
    if (needed.from >= range.current.from && needed.to <= range.current.to) return;
    range.current = around(MARGIN_PX);
    drawAnew();
  }, [heights]);

  // Measures drawn rows; wrong guesses are corrected before painting.
  useLayoutEffect(() => {
    let isNews = false;
    for (const row of bodyRef.current?.querySelectorAll<HTMLElement>('[data-row]') ?? []) {
      const index = Number(row.dataset['row']);
      const { height } = row.getBoundingClientRect();
      known.current.set(keys[index] ?? '', height);
      isNews = heights.measured(index, height) || isNews;
    }
    if (isNews) drawAnew();
    look();
  });
  useEffect(() => {
    // Any scroll container: the panel, or on a small screen the whole till.
    const how = { capture: true, passive: true };
    window.addEventListener('scroll', look, how);
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look, how);
      window.removeEventListener('resize', look);
    };
  }, [look]);

  const wanted = useRef<number | null>(null);
  const focusRow = (index: number) => {
    wanted.current = index;
    flushSync(drawAnew);
    wanted.current = null;
    const row = bodyRef.current?.querySelector(`[data-row="${index}"]`);
    row?.querySelector('button')?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };

  const focused = document.activeElement?.closest<HTMLElement>('[data-row]');
  const also =
    focused && bodyRef.current?.contains(focused) ? [keys.indexOf(focused.dataset['key'] ?? '')] : [];
  if (wanted.current !== null) also.push(wanted.current);
  return { bodyRef, parts: partsOf(heights, { count: keys.length, ...range.current, also }), focusRow };
}
