import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useMemo } from 'react';
import { classNames } from './class-names.ts';
import { Press } from './press.tsx';
import rows from './rows-table.module.css';
import unseen from './unseen.module.css';
import { useRowsInView } from './use-rows-in-view.ts';
import wholeRow from './whole-row.module.css';

const c = classNames(unseen, wholeRow, rows);

interface Column {
  readonly key: string;
  readonly name: string;
  /** The classes of its head. */
  readonly look: string;
  /** The name is for screen readers alone. */
  readonly isUnseen?: boolean;
}

interface Props<T> {
  readonly label: string;
  /** The classes of the table. */
  readonly look?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly T[];
  /** The class of a row. */
  readonly lookOf?: (row: T) => string | false;
  readonly cellsOf: (row: T) => ReactNode;
  /** Rows near the end are drawn. */
  readonly onEnd?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onPointerMove?: (event: PointerEvent) => void;
}

/** More rows are requested this close to the end. */
const NEAR_THE_END = 30;

/** The button that opens a row; the whole row is its target. */
export function RowButton(props: {
  readonly children: ReactNode;
  readonly onOpen: () => void;
  /** It opens in a dialog. */
  readonly isDialog?: boolean;
  /** Where it opens in its place: whether it is open. */
  readonly isOpen?: boolean;
}) {
  const { children, onOpen, isDialog = true, isOpen } = props;
  return (
    <Press
      className={c('name', 'wholeRow')}
      aria-haspopup={isDialog && isOpen === undefined ? 'dialog' : undefined}
      aria-expanded={isOpen}
      onPress={onOpen}
    >
      {children}
    </Press>
  );
}

/** A long table of which only visible rows are drawn. */
export function RowsTable<T extends { readonly id: string }>(props: Props<T>) {
  const { label, look, columns, rows: all, lookOf, cellsOf, onEnd, onKeyDown, onPointerMove } = props;
  const keys = useMemo(() => all.map(({ id }) => id), [all]);
  const { bodyRef, parts, focusRow } = useRowsInView(keys);
  const drawnTo = Math.max(0, ...parts.map((part) => (part.kind === 'row' ? part.index : 0)));
  const isNearEnd = drawnTo > all.length - NEAR_THE_END;
  // biome-ignore lint/correctness/useExhaustiveDependencies: lists of another length may end with the same row.
  useEffect(() => {
    if (isNearEnd) onEnd?.();
  }, [isNearEnd, all.length, onEnd]);
  // From a row to the first and the last: the focus goes where the list is scrolled.
  const toEnd = (event: KeyboardEvent<HTMLElement>) => {
    onKeyDown?.(event);
    const isEnd = event.key === 'Home' || event.key === 'End';
    const isOther = event.defaultPrevented || event.ctrlKey || event.altKey || event.shiftKey;
    if (!isEnd || isOther || (event.target as HTMLElement).closest('[data-row]') === null) return;
    event.preventDefault();
    focusRow(event.key === 'Home' ? 0 : all.length - 1);
  };
  const rowOf = (index: number) => {
    const row = all[index];
    if (row === undefined) return null;
    return (
      <tr
        key={row.id}
        className={c('row', lookOf?.(row))}
        // The head is the first; the rows that are not drawn are counted.
        aria-rowindex={index + 2}
        data-row={index}
        data-key={row.id}
      >
        {cellsOf(row)}
      </tr>
    );
  };
  return (
    <table
      className={c('table', look)}
      aria-label={label}
      aria-rowcount={all.length + 1}
      onKeyDown={toEnd}
      onPointerMove={onPointerMove}
    >
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ key, name, look: of, isUnseen = false }) => (
            <th key={key} scope="col" className={c('column', of)}>
              {isUnseen ? <span className={c('unseen')}>{name}</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={bodyRef}>
        {parts.map((part) =>
          part.kind === 'row' ? (
            rowOf(part.index)
          ) : (
            // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it is empty, and takes no focus.
            <tr key={`gap ${part.from === 0 ? 'before' : part.from}`} aria-hidden="true">
              {/* A policy of the page forbids styles of its own: the room is an attribute. */}
              <td colSpan={columns.length} height={part.height} className={c('gap')} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
