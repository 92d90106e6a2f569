import { useTranslation } from 'react-i18next';
import { figureLines, isNothing } from '../../preload/contract/app/values.ts';
import type { CellSums, FigureLine, LineSums } from '../../preload/contract/index.ts';
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

interface Props {
  /** The number of added reports; that all lack a line is said as for one. */
  readonly of?: number;
  readonly lines: readonly LineRow[];
  readonly caption: string;
  readonly write: SumWriter;
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
export function LineTable({ lines, caption, write, of = 0 }: Props) {
  const { t } = useTranslation();
  const cellsOf = (told: Told) => {
    if (told === null || (told.entries === 0 && of > 0 && lackingOf(told) === of))
      return [t('figures.notInReport')];
    const { entries, principal, bonus, points } = told;
    return [
      String(entries),
      write.money(principal),
      write.money(bonus),
      points === null ? t('figures.notInReport') : write.plain(points),
    ];
  };
  return (
    <div className={c('scroller')}>
      <SumTable
        caption={caption}
        look={c('lines')}
        first={t('figures.line')}
        heads={['entries', 'principal', 'bonus', 'points'].map((head) => t(`figures.${head}`))}
        rows={lines.flatMap(({ name: line, sums: told }) => {
          if (!isTold(line, told)) return [];
          const lacking = lackingOf(told);
          const under = lacking > 0 && (
            <span className={c('lacking')}>{t('figures.lacking', { count: lacking })}</span>
          );
          return [{ key: line, name: t(`figures.lines.${line}`), under, cells: cellsOf(told) }];
        })}
      />
    </div>
  );
}
