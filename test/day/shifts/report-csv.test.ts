import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { reportCsv } from '../../../main/day/shifts/report-csv.ts';
import { longReport, otherReports, wholeReport } from '../../kit/whole-report.ts';

// Programs read these tables: a byte that is another is a format that is another.

/** Without what a spreadsheet needs at the ends of lines, and what says that it is UTF-8: those are held by themselves. */
function plain(table: string): string {
  expect(table.startsWith('\ufeff')).toBe(true);
  expect(table.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  return table.slice(1).replaceAll('\r\n', '\n');
}

it.each(Object.entries({ whole: wholeReport, ...otherReports }))(
  'the table of a report that is the %s one is the same as ever',
  async (name, report) => {
    await expect(plain(reportCsv(report))).toMatchFileSnapshot(`golden/table-${name}.csv`);
  },
);

it('the table of a long report is the same as ever', () => {
  expect(createHash('sha256').update(reportCsv(longReport)).digest('hex')).toBe(
    'f5d2392a721145bc4dd4850a6d4cf1728420895da39a6d0f9339e1f0aec6d14c',
  );
});
