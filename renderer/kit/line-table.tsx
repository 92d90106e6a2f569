import { useTranslation } from 'react-i18next';
import { figureLines, isNothing, signed } from '../../preload/contract/app/values.ts';
import type { Amount, CellSums, FigureLine } from '../../preload/contract/index.ts';
import { classNames } from './class-names.ts';
import sums from './sum-table.module.css';
import { SumTable } from './sum-table.tsx';
import type { SumWriter } from './use-writer.ts';

const c = classNames(sums);

export interface LineRow {
  readonly name: FigureLine;
  readonly sums: CellSums;
}

/** The lines that are told, in the order in which they are. */
export const lineRows = (lines: Readonly<Partial<Record<FigureLine, CellSums>>>): readonly LineRow[] =>
  figureLines.flatMap((name) => {
    const sums = lines[name];
    return sums === undefined ? [] : [{ name, sums }];
  });

/** A row below the lines. */
interface Total {
  readonly name: string;
  readonly entries: number;
  readonly principal: Amount;
  readonly bonus: Amount;
  /** Null where they are not known. */
  readonly points: Amount | null;
}

interface Props {
  readonly lines: readonly LineRow[];
  readonly caption: string;
  readonly write: SumWriter;
  /** What is in no line, and in the total. */
  readonly beside?: Total | null;
  readonly total?: Total | undefined;
}

/** Whether the line is shown although it is zero. */
const isTold = ({ name, sums }: LineRow): boolean => name === 'taken' || !isNothing(sums);

/** A table of figure lines. */
export function LineTable({ lines, caption, write, beside = null, total }: Props) {
  const { t } = useTranslation();
  const figuresOf = ({ entries, principal, bonus, points }: Omit<Total, 'name'>) => [
    String(entries),
    write.money(principal),
    write.money(bonus),
    points === null ? '' : write.plain(points),
  ];
  const rows = lines.filter(isTold).map(({ name, sums: told }) => ({
    key: name,
    name: t(`figures.lines.${name}`),
    cells: figuresOf(signed(name, told)),
  }));
  return (
    <div className={c('scroller')}>
      <SumTable
        caption={caption}
        look={c('lines')}
        first={t('figures.line')}
        heads={['entries', 'principal', 'bonus', 'points'].map((head) => t(`figures.${head}`))}
        rows={[
          ...rows,
          ...(beside === null ? [] : [{ key: 'beside', name: beside.name, cells: figuresOf(beside) }]),
        ]}
        foot={total === undefined ? undefined : { name: total.name, cells: figuresOf(total) }}
      />
    </div>
  );
}
