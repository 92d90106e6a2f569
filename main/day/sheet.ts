import { type Amount, formatMoney, formatPlain, isKnownLanguage } from '../../preload/contract/index.ts';
import { inHtml } from '../kernel/in-html.ts';
import { csvLine, textCell } from './export.ts';

/** A cell: a text, digits that are no number, a count, or money. */
export type SheetCell = string | number | { readonly digits: string } | { readonly money: Amount } | null;

export interface SheetTable {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** What they add up to. */
  readonly foot: readonly SheetCell[] | null;
}

/** Tables that a person reads, on paper or in a spreadsheet. */
export interface Sheet {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What the sums leave out. */
  readonly notes: readonly string[];
  readonly tables: readonly SheetTable[];
  /** How numbers are written on paper. */
  readonly locale: string;
  readonly currency: string;
}

function inCsv(cell: SheetCell): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell;
  return 'money' in cell ? cell.money : textCell(cell.digits);
}

/** Sums without signs or separators, so that a spreadsheet adds them up. */
export function* sheetCsv({ title, facts, notes, tables }: Sheet): Generator<string> {
  yield `\ufeff${csvLine([title])}`;
  for (const fact of facts) yield csvLine(fact);
  for (const note of notes) yield csvLine([note]);
  for (const { title: name, heads, rows, foot } of tables) {
    yield csvLine([]);
    yield csvLine([name]);
    yield csvLine(heads);
    for (const row of rows) yield csvLine(row.map(inCsv));
    if (foot !== null) yield csvLine(foot.map(inCsv));
  }
}

/** So many sums side by side do not fit an upright page. */
const MOST_UPRIGHT = 10;

const STYLE = `body{margin:0;font:9pt/1.4 "Inter",system-ui,"Segoe UI","Noto Sans","Microsoft YaHei UI","Noto Sans CJK SC",sans-serif;color:#161a15}
h1{font-size:17pt;margin:0 0 6pt}h2{font-size:11pt;margin:14pt 0 4pt}
dl{display:grid;grid-template-columns:max-content 1fr;gap:1pt 10pt;margin:0}dt{color:#626a5e}dd{margin:0}
p{margin:6pt 0 0;font-weight:600}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:3pt 0 3pt 8pt;border-top:.5pt solid #c3c8bb;text-align:right;font-weight:400}
th:first-child,td:first-child{padding-left:0;text-align:left}
thead{display:table-header-group}thead th{border:0;color:#626a5e;font-size:8pt}
tr{break-inside:avoid}h2{break-after:avoid}tfoot{display:table-row-group}tfoot td{border-top:1pt solid #161a15;font-weight:700}`;

/** The body of a page for A4. */
export function sheetHtml({ title, facts, notes, tables, locale, currency }: Sheet): string {
  const numbers = isKnownLanguage(locale) ? locale : 'en';
  const said = (cell: SheetCell): string => {
    if (cell === null) return '';
    if (typeof cell === 'string') return inHtml(cell);
    if (typeof cell === 'number') return inHtml(formatPlain(String(cell) as Amount, numbers));
    if ('digits' in cell) return inHtml(cell.digits);
    return inHtml(formatMoney(cell.money, currency, numbers).replace('-', '−'));
  };
  const row = (cells: readonly SheetCell[]) =>
    `<tr>${cells.map((cell) => `<td>${said(cell)}</td>`).join('')}</tr>`;
  const table = ({ title: name, heads, rows, foot }: SheetTable) =>
    `<h2>${inHtml(name)}</h2><table><thead><tr>${heads.map((head) => `<th>${inHtml(head)}</th>`).join('')}</tr></thead>` +
    `<tbody>${rows.map(row).join('')}</tbody>${foot === null ? '' : `<tfoot>${row(foot)}</tfoot>`}</table>`;
  const isWide = tables.some(({ heads }) => heads.length > MOST_UPRIGHT);
  return [
    `<style>@page{size:A4${isWide ? ' landscape' : ''};margin:14mm 12mm}\n${STYLE}</style><h1>${inHtml(title)}</h1><dl>`,
    ...facts.map(([label, value]) => `<dt>${inHtml(label)}</dt><dd>${inHtml(value)}</dd>`),
    '</dl>',
    ...notes.map((note) => `<p>${inHtml(note)}</p>`),
    ...tables.map(table),
  ].join('');
}
