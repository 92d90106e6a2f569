import { useTranslation } from 'react-i18next';
import { figureLines, isNothing, signed } from '../../preload/contract/app/values.ts';
import type { Amount, CellSums, FigureLine, LineSums } from '../../preload/contract/index.ts';
import { classNames } from './class-names.ts';
import sums from './sum-table.module.css';
import { SumTable } from './sum-table.tsx';
import type { SumWriter } from './use-writer.ts';

const c = classNames(sums);

/** A line's sums. `lacking`: how many of the added reports do not have it. */
type Told = LineSums | (CellSums & { readonly lacking: number });

export interface LineRow {
  readonly name: FigureLine;
  readonly sums: Told;
}

/** The lines that are told, in the order in which they are. */
export const lineRows = (lines: Readonly<Partial<Record<FigureLine, Told>>>): readonly LineRow[] =>
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
  /** The number of added reports; that all lack a line is said as for one. */
  readonly of?: number;
  readonly lines: readonly LineRow[];
  readonly caption: string;
  readonly write: SumWriter;
  /** What is in no line, and in the total. */
  readonly beside?: Total | null;
  readonly total?: Total | undefined;
}

const lackingOf = (told: Told): number => (told !== null && 'lacking' in told ? told.lacking : 0);

/** Whether the line is shown although it is zero. */
const isTold = (line: FigureLine, told: Told): boolean =>
  line === 'taken' ||
  told === null ||
  told.points === null ||
  !isNothing({ ...told, points: told.points }) ||
  lackingOf(told) > 0;

/** A table of figure lines; lines missing in older reports are marked. */
export function LineTable({ lines, caption, write, of = 0, beside = null, total }: Props) {
  const { t } = useTranslation();
  const figuresOf = ({ entries, principal, bonus, points }: Omit<Total, 'name'>, unknown: string) => [
    String(entries),
    write.money(principal),
    write.money(bonus),
    points === null ? unknown : write.plain(points),
  ];
  const cellsOf = (line: FigureLine, told: Told) => {
    if (told === null || (told.entries === 0 && of > 0 && lackingOf(told) === of))
      return [t('figures.notInReport')];
    return figuresOf(signed(line, told), t('figures.notInReport'));
  };
  const rows = lines.flatMap(({ name: line, sums: told }) => {
    if (!isTold(line, told)) return [];
    const lacking = lackingOf(told);
    const under = lacking > 0 && (
      <span className={c('lacking')}>{t('figures.lacking', { count: lacking })}</span>
    );
    return [{ key: line, name: t(`figures.lines.${line}`), under, cells: cellsOf(line, told) }];
  });
  return (
    <div className={c('scroller')}>
      <SumTable
        caption={caption}
        look={c('lines')}
        first={t('figures.line')}
        heads={['entries', 'principal', 'bonus', 'points'].map((head) => t(`figures.${head}`))}
        rows={[
          ...rows,
          ...(beside === null ? [] : [{ key: 'beside', name: beside.name, cells: figuresOf(beside, '') }]),
        ]}
        foot={total === undefined ? undefined : { name: total.name, cells: figuresOf(total, '') }}
      />
    </div>
  );
}
