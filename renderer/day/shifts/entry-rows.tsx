import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import rows from '../../kit/rows-table.module.css';
import { RowButton, RowsTable } from '../../kit/rows-table.tsx';
import styles from './entry-rows.module.css';

const c = classNames(rows, styles);

export interface ShownRow {
  readonly id: string;
  readonly time: string;
  readonly name: string;
  /** Under the name. */
  readonly note: string;
  readonly sum: string;
  /** Under the sum. */
  readonly more: string | null;
  readonly end: ReactNode;
}

export interface EntryRow extends ShownRow {
  readonly reference: string;
}

const columns = ['time', 'who', 'sum', 'state'] as const;

interface Props<T> {
  readonly label: string;
  readonly rows: readonly T[];
  /** The column's name for a screen reader. */
  readonly headOf: (column: (typeof columns)[number]) => string;
  readonly onOpen: (row: T) => void;
  readonly isDialog: boolean;
}

export function DayRows<T extends ShownRow>({ label, rows: shown, headOf, onOpen, isDialog }: Props<T>) {
  return (
    <RowsTable
      label={label}
      columns={columns.map((key) => ({ key, name: headOf(key), look: c(key), isUnseen: true }))}
      rows={shown}
      cellsOf={(row) => (
        <>
          <td className={c('cell', 'time')}>{row.time}</td>
          <td className={c('cell')}>
            <RowButton isDialog={isDialog} onOpen={() => onOpen(row)}>
              <span className={c('member')}>{row.name}</span>
              <span className={c('note')}>{row.note}</span>
            </RowButton>
          </td>
          <td className={c('cell', 'sum')}>
            <b>{row.sum}</b>
            {row.more !== null && <span className={c('small')}>{row.more}</span>}
          </td>
          <td className={c('cell', 'state')}>{row.end}</td>
        </>
      )}
    />
  );
}

export function EntryRows(props: Omit<Props<EntryRow>, 'headOf' | 'isDialog'>) {
  const { t } = useTranslation();
  return <DayRows {...props} headOf={(column) => t(`activity.${column}`)} isDialog />;
}
