import type { ComponentProps } from 'react';
import { cellsBefore, foldCells, toldLines, zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, ShiftReport } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { somethingOf } from '../../kit/format.ts';
import { LineTable } from '../../kit/line-table.tsx';
import sums from '../../kit/sum-table.module.css';
import { SumTable } from '../../kit/sum-table.tsx';
import styles from './day.module.css';
import { byCashier, ofShift } from './figures.ts';
import { useDay } from './use-day.ts';
import { VarianceTag } from './variance-tag.tsx';

const c = classNames(sums, styles);

interface Props {
  readonly report: ShiftReport;
}

/** A table of the report, which may be wider than its place. */
const ReportTable = (props: Omit<ComponentProps<typeof SumTable>, 'look'>) => (
  <div className={c('scroller')}>
    <SumTable {...props} look={c('figures')} />
  </div>
);

type Tenders = ShiftReport['tenders'];
const columns = ['taken', 'done', 'waiting', 'checking', 'review', 'reversed', 'lateGivenBack'] as const;
/** Shown also where nothing is in them. */
const always: ReadonlySet<string> = new Set(['taken', 'done']);

/** What was taken by each way to pay, and how that stands. */
export function TenderTable({ report }: Props) {
  const { t, write, tender } = useDay();
  const shown = columns.filter(
    (column) => always.has(column) || report.tenders.some((row) => somethingOf(row[column] ?? zeroAmount)),
  );
  const say = (sum: Amount | null) => (sum === null ? t('shifts.notTold') : write.money(sum));
  return (
    <ReportTable
      caption={t('shifts.tables.tenders')}
      first={t('shifts.tables.tender')}
      heads={shown.map((column) => t(`shifts.tables.${column}`))}
      rows={report.tenders.map((row) => ({
        key: row.tender ?? '',
        name: tender(row.tender),
        cells: shown.map((column) => say(row[column])),
      }))}
    />
  );
}

/** All that the shift's figures are made of. */
export function Lines({ report }: Props) {
  const { t, write } = useDay();
  const caption = t(report.isBlind ? 'figures.withoutCash' : 'figures.title');
  return <LineTable lines={toldLines(report)} caption={caption} write={write} />;
}

/** What was sold before the first shift, by way to pay and line by line; nothing where a report tells of none. */
export function BeforeTables({ before }: Pick<ShiftReport, 'before'>) {
  const { t, write, tender } = useDay();
  const cells = cellsBefore({ before });
  if (cells === null) return null;
  const tenders = [...new Set(cells.filter(({ line }) => line === 'sale').map((cell) => cell.tender))];
  const rows = tenders.map((one) => ({
    one,
    net: foldCells(cells.filter((cell) => cell.tender === one)).net,
  }));
  return (
    <>
      <ReportTable
        caption={t('shifts.tables.tenders')}
        first={t('shifts.tables.tender')}
        heads={['entries', 'net', 'bonus', 'points'].map((head) => t(`shifts.tables.${head}`))}
        rows={rows
          .filter(({ net }) => net.entries > 0)
          .map(({ one, net }) => ({
            key: one ?? '',
            name: tender(one),
            cells: [
              ...[String(net.entries), write.money(net.principal), write.money(net.bonus)],
              write.plain(net.points),
            ],
          }))}
      />
      <LineTable lines={foldCells(cells).lines} caption={t('figures.title')} write={write} />
    </>
  );
}

/** What was to be there, what was counted, and how the two differ. */
export function CountTable({ tenders }: { readonly tenders: Tenders }) {
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

export function CashierTable({ report }: Props) {
  const { t, write } = useDay();
  const shares = byCashier(report);
  return (
    <ReportTable
      caption={t('shifts.tables.cashiers')}
      first={t('shifts.tables.cashier')}
      heads={['entries', 'net', 'bonus', 'points'].map((head) => t(`shifts.tables.${head}`))}
      rows={shares.map(({ cashier, entries, principal, bonus, points }) => ({
        key: cashier,
        name: cashier,
        cells: [String(entries), write.money(principal), write.money(bonus), write.plain(points)],
      }))}
    />
  );
}

/** Each cell of the shift: whose, by which tender, in which state. */
export function CellTable({ report }: Props) {
  const { t, write, tender } = useDay();
  return (
    <ReportTable
      caption={t('shifts.tables.cells')}
      first={t('shifts.tables.cashier')}
      heads={['tender', 'state', 'entries', 'principal', 'bonus'].map((head) => t(`shifts.tables.${head}`))}
      rows={report.cells.map((cell) => {
        const { line = 'sale', shift = null } = cell;
        const state = t(`states.${cell.state}`);
        const said = [
          ...(line === 'sale' ? [] : [t(`figures.cells.${line}`)]),
          ...(shift === null ? [] : [ofShift(t, shift)]),
          cell.isReversal ? t('shifts.tables.reversal', { state }) : state,
        ];
        return {
          key: [cell.cashier, line, shift, cell.tender, cell.state, cell.isReversal].join(' '),
          name: cell.cashier || t('figures.earlier'),
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
