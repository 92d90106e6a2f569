import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './sum-table.module.css';

const c = classNames(styles);

interface Row {
  readonly key: string;
  readonly name: ReactNode;
  /** Under the name. */
  readonly under?: ReactNode;
  readonly cells: readonly ReactNode[];
}

interface Props {
  readonly caption: string;
  /** The class of the table. */
  readonly look: string;
  /** Over the names. */
  readonly first: string;
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
  /** What they add up to. */
  readonly foot?: Omit<Row, 'key' | 'under'> | undefined;
}

/** Sums under each other, with a name at the left of each row. */
export function SumTable({ caption, look, first, heads, rows, foot }: Props) {
  const cellsOf = (cells: readonly ReactNode[]) =>
    heads.map((head, index) => <td key={head}>{cells[index]}</td>);
  return (
    <table className={c('sums', look)}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, under, cells }) => (
          <tr key={key}>
            <th scope="row">
              <bdi>{name}</bdi>
              {under}
            </th>
            {cellsOf(cells)}
          </tr>
        ))}
      </tbody>
      {foot !== undefined && (
        <tfoot>
          <tr>
            <th scope="row">{foot.name}</th>
            {cellsOf(foot.cells)}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
