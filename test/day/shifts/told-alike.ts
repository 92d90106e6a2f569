import { expect } from 'vitest';
import { reportCsv } from '../../../main/day/shifts/report-csv.ts';
import { makeReport } from '../../../main/paper/receipts/make-report.ts';
import {
  type Amount,
  amount,
  type CellSums,
  type FigureLine,
  isNothing,
  reportedLines,
  type ShiftReport,
  signed,
  subtractAmounts,
  type TillsSum,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { foldedOf } from '../../../renderer/day/shifts/figures.ts';
import { shopIn } from '../../paper/receipts/facts.ts';

// What stands of a report on paper, in its table and at an owner's, read back line by line.

/** One sum, however it is written. */
export const same = (one: Amount, other: Amount) => expect(Number(subtractAmounts(one, other))).toBe(0);

/** What a file for spreadsheets says of each line. */
function linesInCsv(report: ShiftReport): ReadonlyMap<string, CellSums> {
  const rows = reportCsv(report)
    .split('\r\n')
    .map((row) => row.split(','));
  const [head = []] = rows;
  const at = (name: string) => head.findIndex((column) => column.endsWith(name));
  const told = rows.filter(([part]) => part === 'line');
  return new Map(
    told.map((row) => [
      row[1] ?? '',
      {
        entries: Number(row[at('entries')]),
        principal: amount(row[at('principal')] ?? ''),
        ...{ bonus: amount(row[at('bonus')] ?? ''), points: amount(row[at('points')] ?? '') },
      },
    ]),
  );
}

/** What stands on paper under the figures, by its label; sums as people read them. */
function onPaper(report: ShiftReport) {
  const { sections } = makeReport(report, shopIn('en'));
  const pairs = sections.find(({ title }) => title === 'Figures')?.pairs ?? [];
  const read = (value: string) => amount(value.replace(/[^\d.-]/g, '').replace(/^\./, ''));
  const found: { label: string; principal: Amount; bonus: Amount; points: Amount }[] = [];
  for (const { label, value } of pairs) {
    const last = found.at(-1);
    const sum = read(value.replace('−', '-'));
    if (label === 'Bonus' && last) last.bonus = sum;
    else if (label === 'Points' && last) last.points = sum;
    else found.push({ label, principal: sum, bonus: zeroAmount, points: zeroAmount });
  }
  return found;
}

/** Its table, its paper and the owner who has it say what it says, to the cent and the point. */
export function expectToldAlike(z: ShiftReport, ofOwner: TillsSum['lines']): void {
  const [lines, { net }] = [reportedLines(z), foldedOf(z)];
  const csv = linesInCsv(z);
  // What is not settled the owner is told as it is by now.
  for (const [line, sums] of Object.entries(lines) as [FigureLine, CellSums][])
    for (const told of [csv.get(line), ...(line === 'unsettled' ? [] : [ofOwner[line]])]) {
      if (told === undefined) throw new Error(`${line} is not told`);
      expect(told.entries).toBe(sums.entries);
      for (const part of ['principal', 'bonus', 'points'] as const) same(told[part], sums[part]);
    }
  const paper = onPaper(z);
  const held = (Object.entries(lines) as [FigureLine, CellSums][]).flatMap(([line, sums]) =>
    isNothing(sums) ? [] : signed(line, sums),
  );
  expect(paper).toHaveLength(held.length + 1);
  for (const [place, sums] of [...held, net].entries()) {
    const told = paper[place];
    for (const part of ['principal', 'bonus', 'points'] as const)
      same(told?.[part] ?? zeroAmount, sums?.[part] ?? zeroAmount);
  }
}
