import type { ComponentProps } from 'react';
import { rowsBefore, rowsOf, zeroAmount } from '../../../preload/contract/app/values.ts';
import type {
  Amount,
  CellSums,
  ReportRow,
  ShiftReport,
  ShiftTender,
} from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { somethingOf } from '../../kit/format.ts';
import { HiddenSum } from '../../kit/hidden-sum.tsx';
import { LineTable } from '../../kit/line-table.tsx';
import { personWords } from '../../kit/person-words.ts';
import sums from '../../kit/sum-table.module.css';
import { SumTable } from '../../kit/sum-table.tsx';
import type { SumWriter } from '../../kit/use-writer.ts';
import styles from './day.module.css';
import { ofShift } from './figures.ts';
import { useDay } from './use-day.ts';
import { VarianceTag } from './variance-tag.tsx';

const c = classNames(sums, styles);

interface Props {
  readonly rows: readonly ReportRow[];
}

/** Scrolls where it is wider than the page. */
const ReportTable = (props: Omit<ComponentProps<typeof SumTable>, 'look'>) => (
  <div className={c('scroller')}>
    <SumTable {...props} look={c('figures')} />
  </div>
);

const columns = ['taken', 'done', 'waiting', 'checking', 'review', 'reversed', 'lateGivenBack'] as const;
/** Shown even if they are zero. */
const always: ReadonlySet<string> = new Set(['taken', 'done']);

const cellsOf = (write: SumWriter, { entries, principal, bonus, points }: CellSums): readonly string[] => [
  String(entries),
  write.money(principal),
  write.money(bonus),
  write.plain(points),
];

export function TenderTable({ rows }: Props) {
  const { t, write, tender } = useDay();
  const tenders = rowsOf(rows, 'tender');
  const shown = columns.filter(
    (column) => always.has(column) || tenders.some((row) => somethingOf(row[column] ?? zeroAmount)),
  );
  const say = (sum: Amount | null) =>
    sum === null ? <HiddenSum label={t('shifts.tiles.afterCount')} /> : write.money(sum);
  return (
    <ReportTable
      caption={t('shifts.tables.tenders')}
      first={t('shifts.tables.tender')}
      heads={shown.map((column) => t(`shifts.tables.${column}`))}
      rows={tenders.map((row) => ({
        key: row.tender ?? '',
        name: tender(row.tender),
        cells: shown.map((column) => say(row[column])),
      }))}
    />
  );
}

export function Lines({ rows, isBlind }: Props & { readonly isBlind: boolean }) {
  const { t, write } = useDay();
  const caption = t(isBlind ? 'figures.withoutCash' : 'figures.title');
  const [net] = rowsOf(rows, 'net');
  const total = net && { ...net, name: t('figures.net') };
  return <LineTable lines={rowsOf(rows, 'line')} caption={caption} write={write} total={total} />;
}

/** Entries before the first shift; nothing where a report has none. */
export function BeforeTables({ before }: Pick<ShiftReport, 'before'>) {
  const { t, write, tender } = useDay();
  if (before === undefined) return null;
  const rows = rowsBefore({ before });
  return (
    <>
      <ReportTable
        caption={t('shifts.tables.tenders')}
        first={t('shifts.tables.tender')}
        heads={['entries', 'net', 'bonus', 'points'].map((head) => t(`shifts.tables.${head}`))}
        rows={rowsOf(rows, 'before-tender').map((row) => ({
          key: row.tender ?? '',
          name: tender(row.tender),
          cells: cellsOf(write, row),
        }))}
      />
      <LineTable lines={rowsOf(rows, 'before-line')} caption={t('figures.title')} write={write} />
    </>
  );
}

type Counted = Pick<ShiftTender, 'tender' | 'expected' | 'counted' | 'variance'>;

export function CountTable({ tenders }: { readonly tenders: readonly Counted[] }) {
  const { t, write, tender } = useDay();
  const rows = tenders.filter(({ counted }) => counted !== null);
  if (rows.length === 0) return null;
  return (
    <ReportTable
      caption={t('shifts.tables.counted')}
      first={t('shifts.tables.tender')}
      heads={[t('shifts.tables.expected'), t('shifts.tables.count'), t('shifts.tables.variance')]}
      rows={rows.map((row) => ({
        key: row.tender ?? '',
        name: tender(row.tender),
        cells: [
          write.money(row.expected ?? zeroAmount),
          write.money(row.counted ?? zeroAmount),
          row.variance !== null && <VarianceTag key="variance" of={row.variance} />,
        ],
      }))}
    />
  );
}

export function CashierTable({ rows }: Props) {
  const { t, write } = useDay();
  return (
    <ReportTable
      caption={t('shifts.tables.cashiers')}
      first={t('shifts.tables.cashier')}
      heads={['entries', 'net', 'bonus', 'points'].map((head) => t(`shifts.tables.${head}`))}
      rows={rowsOf(rows, 'cashier').map((row) => ({
        key: row.cashier,
        name: personWords(t, row.cashier),
        cells: cellsOf(write, row),
      }))}
    />
  );
}

export function CellTable({ rows }: Props) {
  const { t, write, tender } = useDay();
  return (
    <ReportTable
      caption={t('shifts.tables.cells')}
      first={t('shifts.tables.cashier')}
      heads={['tender', 'state', 'entries', 'principal', 'bonus'].map((head) => t(`shifts.tables.${head}`))}
      rows={rowsOf(rows, 'cell').map((cell) => {
        const { line = 'sale', shift = null } = cell;
        const state = t(`states.${cell.state}`);
        const said = [
          ...(line === 'sale' ? [] : [t(`figures.cells.${line}`)]),
          ...(shift === null ? [] : [ofShift(t, shift)]),
          cell.isReversal ? t('shifts.tables.reversal', { state }) : state,
        ];
        return {
          key: [cell.cashier, line, shift, cell.tender, cell.state, cell.isReversal].join(' '),
          name: personWords(t, cell.cashier) || t('figures.earlier'),
          cells: [
            tender(cell.tender),
            said.join(t('app.separator')),
            String(cell.entries),
            write.money(cell.principal),
            write.money(cell.bonus),
          ],
        };
      })}
    />
  );
}
