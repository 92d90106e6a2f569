import { type ReactNode, useMemo } from 'react';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import unseen from '../../kit/unseen.module.css';
import { useRowsInView } from '../../kit/use-rows-in-view.ts';
import wholeRow from '../../kit/whole-row.module.css';
import styles from './entry-rows.module.css';
import { useDay } from './use-day.ts';

const c = classNames(unseen, wholeRow, styles);

export interface EntryRow {
  readonly id: string;
  readonly reference: string;
  readonly atMs: number;
  readonly memberName: string;
  /** The short line under the name. */
  readonly note: string;
  readonly sum: string;
  /** Under the sum, where there is more to it. */
  readonly more: string | null;
  readonly end: ReactNode;
}

interface Props {
  readonly label: string;
  readonly rows: readonly EntryRow[];
  readonly onOpen: (row: EntryRow) => void;
}

const columns = ['time', 'who', 'sum', 'state'] as const;

/** Entries of a report, however many: each whole row leads to the entry's details. */
export function EntryRows({ label, rows, onOpen }: Props) {
  const { t, moment } = useDay();
  const keys = useMemo(() => rows.map(({ id }) => id), [rows]);
  const { bodyRef, parts } = useRowsInView(keys);
  const rowOf = (index: number) => {
    const row = rows[index];
    if (row === undefined) return null;
    return (
      <tr key={row.id} className={c('row')} aria-rowindex={index + 2} data-row={index} data-key={row.id}>
        <td className={c('cell', 'time')}>{moment(row.atMs)}</td>
        <td className={c('cell')}>
          <Press className={c('name', 'wholeRow')} aria-haspopup="dialog" onPress={() => onOpen(row)}>
            <span className={c('member')}>{row.memberName}</span>
            <span className={c('note')}>{row.note}</span>
          </Press>
        </td>
        <td className={c('cell', 'sum')}>
          <b>{row.sum}</b>
          {row.more !== null && <span className={c('small')}>{row.more}</span>}
        </td>
        <td className={c('cell', 'state')}>{row.end}</td>
      </tr>
    );
  };
  return (
    <table className={c('table')} aria-label={label} aria-rowcount={rows.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <th key={column} scope="col" className={c('column', column)}>
              <span className={c('unseen')}>{t(`activity.${column}`)}</span>
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
