import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { drawReceipt, inOwnLetters } from '../../../main/paper/receipts/draw.ts';
import { makeReport } from '../../../main/paper/receipts/make-report.ts';
import { paperWidths } from '../../../main/paper/receipts/receipt.ts';
import { languages, type ShiftReport } from '../../../preload/contract/index.ts';
import { longReport, otherReports, wholeReport as report } from '../../kit/whole-report.ts';
import { logo, shopIn } from './facts.ts';

// What is meant to look otherwise is drawn anew with `-u`, and looked at.
const papers = languages.flatMap((language) => paperWidths.map((width) => [language, width] as const));

it.each(papers)('a Z in %s on %s mm is drawn as its golden picture', async (language, width) => {
  const { svg } = drawReceipt(makeReport(report, shopIn(language)), { width, logo });
  await expect(svg).toMatchFileSnapshot(`golden/z-${language}-${width}.svg`);
});

const wholeText = (of: ShiftReport) => `${JSON.stringify(makeReport(of, shopIn('en')), null, 2)}\n`;

it.each(Object.entries(otherReports))(
  'a report that is the %s one says the same as ever',
  async (name, of) => {
    await expect(wholeText(of)).toMatchFileSnapshot(`golden/says-${name}.json`);
  },
);

it('a long report says the same as ever', () => {
  expect(createHash('sha256').update(wholeText(longReport)).digest('hex')).toBe(
    'ee1ec0ef6e53f9b60c4c3332d178d68e46112feedab18c5805c775ca451261dc',
  );
});

it('tells nothing of cash where the count is blind', () => {
  const [cash, voucher] = report.tenders;
  if (cash === undefined || voucher === undefined) throw new Error('no tenders');
  const blind: ShiftReport = {
    ...{
      ...report,
      kind: 'x',
      isBlind: true,
      closedAtMs: null,
      closedBy: null,
      hours: [],
      unsettled: [],
      late: [],
    },
    ...{ cells: report.cells.filter(({ tender }) => tender !== 'cash'), tenders: [voucher] },
  };
  const { text } = drawReceipt(makeReport(blind, shopIn('en')), { width: '80', logo: null });
  expect(text).toContain('Cash is left out');
  expect(text).not.toContain('368.30');
  expect(text).not.toContain('Float');
});

it('is printed in the printer’s own letters where all of them are plain', () => {
  const shop = { ...shopIn('en'), header: 'Fun Toys', hasLogo: false };
  expect(inOwnLetters(makeReport(report, shop), { width: '58', logo: null })).not.toBeNull();
});
