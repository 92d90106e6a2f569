import type { ReportPaper } from '../../main/paper/receipts/receipt.ts';
import type { ShiftReport } from '../../preload/contract/index.ts';
import type { Truth } from './book.ts';
import type { Row } from './in-table.ts';
import { sumOn, tenderNames, words } from './on-paper.ts';
import { centsOf, type Shop, wrong } from './shop.ts';

// Entries that a report names one by one: what was given back after a paper, and what was paid otherwise than was entered.

interface Told {
  readonly report: ShiftReport;
  readonly truth: Truth;
  readonly paper: ReportPaper;
  /** Null where none was saved. */
  readonly table: readonly Row[] | null;
}

/** A paper has no more of one list. */
const MOST_ON_PAPER = 100;

function differ(shop: Shop, where: string, says: readonly string[], are: readonly string[]): void {
  if (says.join('; ') !== are.join('; '))
    wrong(shop, `${where} is told as ${says.join('; ')}, and is ${are.join('; ')}`);
}

const rowsOn = ({ sections }: ReportPaper, title: string) =>
  sections.filter((section) => section.title?.startsWith(title) === true).flatMap(({ pairs }) => pairs);
const rowsIn = (table: readonly Row[], part: string) => table.filter((row) => row['part'] === part);

function checkAfterPaper(shop: Shop, where: string, { report, truth, paper, table }: Told): void {
  const listed = report.afterPaper ?? [];
  const name = `${where}: given back after a paper`;
  differ(
    shop,
    name,
    listed.map(({ id, principal, by }) => `${id} ${centsOf(principal)} ${by}`).sort(),
    truth.afterPaper.map(({ asked: { id, cents }, cancelledBy }) => `${id} ${cents} ${cancelledBy}`).sort(),
  );
  const rows = listed.map(({ reference, principal }) => `${reference} ${centsOf(principal)}`);
  const onPaper = rowsOn(paper, words.afterPaper).map(
    ({ label, value }) => `${label.split(',')[0]} ${sumOn(value)}`,
  );
  differ(shop, `${name} on paper`, onPaper, rows.slice(0, MOST_ON_PAPER));
  if (table === null) return;
  const inTable = rowsIn(table, 'after-paper').map(
    (row) => `${row['reference']} ${centsOf(row['principal'] ?? '')}`,
  );
  differ(shop, `${name} in the table`, inTable, rows);
}

/** A blind one names none that was, or is, paid in cash. */
const isTold = (isBlind: boolean, ...ways: readonly (string | null)[]): boolean =>
  !isBlind || !ways.includes('cash');

/** Each once, from the way by which it was entered to the last, and how often it was changed. */
function checkChanges(shop: Shop, where: string, { report, truth, paper, table }: Told): void {
  const listed = report.tenderChanges?.listed ?? [];
  const name = `${where}: paid otherwise`;
  differ(
    shop,
    name,
    listed.map(({ id, was, now, times = 1 }) => `${id} ${was} > ${now} ${times}`).sort(),
    truth.changed
      .filter(({ asked, enteredTender }) => isTold(report.isBlind, enteredTender, asked.tender))
      .map(({ asked, enteredTender, tenderChanges }) => {
        return `${asked.id} ${enteredTender} > ${asked.tender} ${tenderChanges}`;
      })
      .sort(),
  );
  const rows = listed.map(({ reference, now, principal, times = 1 }) => {
    return `${reference} ${now} ${times} ${centsOf(principal)}`;
  });
  const onPaper = rowsOn(paper, words.tenderChanges)
    .filter(({ label }) => label !== words.notListed)
    .map(({ label, value }) => {
      const [, reference, now = '', times = '1'] = /^(\S+) .* > (.*?)(?: \((\d+)x\))?, /.exec(label) ?? [];
      return `${reference} ${tenderNames.get(now)} ${times} ${sumOn(value)}`;
    });
  differ(shop, `${name} on paper`, onPaper, rows.slice(0, MOST_ON_PAPER));
  if (table === null) return;
  const inTable = rowsIn(table, 'tender-changed').map(
    (row) => `${row['reference']} ${row['tender']} ${row['times']} ${centsOf(row['principal'] ?? '')}`,
  );
  differ(shop, `${name} in the table`, inTable, rows);
}

/** Each list names what is so, and every form of the report the same of it. */
export function checkLists(shop: Shop, where: string, told: Told): void {
  checkAfterPaper(shop, where, told);
  checkChanges(shop, where, told);
}
