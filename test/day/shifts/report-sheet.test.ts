import { afterEach, expect, it } from 'vitest';
import { sheetCsv, sheetHtml } from '../../../main/day/sheet.ts';
import { reportSheet } from '../../../main/day/shifts/report-sheet.ts';
import { fileWords } from '../../../renderer/day/shifts/file-words.ts';
import { addEnglish, i18n, speak } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { longReport, otherReports, wholeReport } from '../../kit/whole-report.ts';

addEnglish({});
await otherWords.load();
afterEach(() => speak('en'));

const words = fileWords(i18n.t, 'en', 'Asia/Singapore');
const linesOf = (report: typeof wholeReport) =>
  [...sheetCsv(reportSheet(report, words))].join('').split('\r\n');

it('a report is read in words, at the store’s time, with what is short apart from what is over', () => {
  const lines = linesOf(wholeReport);
  expect(lines[0]).toBe('\ufeffZ report 12');
  expect(lines).toContain('Opened (Asia/Singapore),"2026-11-28 09:00:00, Mei"');
  expect(lines).toContain('Cash,212.50,150,42.50,20,0,50,10,368.30,360,-8.30,');
  expect(lines).toContain('Voucher,212.50,150,42.50,20,0,50,10,152.50,,,');
  expect(lines.join('\n')).not.toMatch(/\d{4}-\d\d-\d\dT|lateGivenBack|afterPaper|,confirmed|blind/);
});

it('a number keeps its noughts in a spreadsheet by an apostrophe, which paper does not have', () => {
  const sheet = reportSheet(wholeReport, words);
  expect([...sheetCsv(sheet)].join('')).toContain("\r\n'0041,");
  expect(sheetHtml(sheet)).toContain('<td>0041</td>');
  expect(sheetHtml(sheet)).not.toContain('<td>&#39;');
});

it('the till’s own manager PIN, which has no name, is said in the person’s words', async () => {
  await speak('zh');
  const told = fileWords(i18n.getFixedT('zh'), 'zh', 'Asia/Singapore');
  const report = { ...wholeReport, approvedBy: 'manager' };
  expect(reportSheet(report, told).facts.map(([, value]) => value)).toContain('经理');
});

it('has words for whatever a report tells, in every language', async () => {
  const asked = new Set<string>();
  const say = new Proxy<Record<string, string>>({}, { get: (_, key) => void asked.add(String(key)) });
  for (const report of [wholeReport, longReport, ...Object.values(otherReports)])
    reportSheet(report, { locale: 'en', say });
  for (const language of ['en', 'zh', 'ms'] as const) {
    await speak(language);
    const told = fileWords(i18n.getFixedT(language), language, 'Asia/Singapore').say;
    expect([...asked].filter((key) => told[key] === undefined && !key.startsWith('tender.own:'))).toEqual([]);
  }
  expect(Object.values(words.say).filter((text) => /^[a-z]+[.][a-zA-Z.]+$/.test(text))).toEqual([]);
});
