import { describe, expect, it } from 'vitest';
import { reportCsv } from '../../../main/day/shifts/report-csv.ts';
import { readZFile, writeZFile } from '../../../main/day/shifts/z-file.ts';
import { amount } from '../../../preload/contract/index.ts';
import { entryOfZ, zReportOf } from '../../kit/z-reports.ts';
import { closeWith, move, openOne, zOf } from './steps.ts';
import { openShiftTill } from './support.ts';

describe('a Z as a file', () => {
  it('is read by whoever has the App key, and not where a letter of it is another', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await closeWith(till, '100');
    const report = await zOf(till, 1);
    const account = { host: 'https://kybio.example', appId: 'A' };
    const text = writeZFile('key', account, report);
    expect(readZFile('key', account, text)).toEqual({ ok: true, report });
    expect(readZFile('other', account, text)).toEqual({ ok: false, problem: 'forged' });
    expect(readZFile('key', { ...account, appId: 'B' }, text)).toEqual({ ok: false, problem: 'other-shop' });
    expect(readZFile('key', account, text.replace('100', '900'))).toEqual({ ok: false, problem: 'forged' });
    expect(readZFile('key', account, 'no file')).toEqual({ ok: false, problem: 'not-a-z' });
  });

  it('is a table that no spreadsheet runs', async () => {
    const till = await openShiftTill();
    await openOne(till);
    await till.must('shifts:move', { ...move('paid-in', '5'), reason: '=1+1' });
    till.enter(0, '10', 'cash');
    await closeWith(till, '115');
    const text = reportCsv(await zOf(till, 1));
    expect(text.startsWith('\ufeffpart,name,cashier,')).toBe(true);
    expect(text).toContain("move,'=1+1,Mei,,,paid-in,,,,,5,");
    expect(text).toContain('tender,expected,,cash,,,,,,,115');
    expect(text.split('\r\n').every((line) => line === '' || line.split(',').length >= 16)).toBe(true);
  });

  it('masks a phone that somebody wrote, as every export does', () => {
    const entry = entryOfZ('a', { memberName: 'Tan 91234567' });
    const taxi = { id: 'm', kind: 'paid-out', amount: amount('3'), reason: 'taxi 90001111' } as const;
    const text = reportCsv({
      ...{ ...zReportOf(), unsettled: [entry], reason: 'ask 98765432' },
      late: [{ ...entry, memberName: '8123 4567', shift: 1, was: 'queued', settledAtMs: null }],
      moves: [{ ...taxi, who: 'Mei', approvedBy: null, atMs: 5 }],
    });
    expect(text.match(/[^,\r\n]*•[^,\r\n]*/g)).toEqual([
      'ask •••• 5432',
      'taxi •••• 1111',
      'Tan •••• 4567',
      '•••• 4567',
    ]);
    expect(text).not.toMatch(/91234567|98765432|8123 4567|90001111/);
  });

  it('is a table that says of what the records went through, and how many entries are in no line of it', () => {
    const atMs = Date.parse('2026-11-26T06:02:00Z');
    const told = reportCsv({ ...zReportOf(), restoredAtMs: [atMs], isFromCopy: true, unlisted: 7 });
    for (const line of ['restoredAt', 'fromCopy', 'unlisted']) expect(told).toContain(`fact,${line},,,`);
    expect(told).toContain(',7,\r\n');
    const whole = reportCsv({
      ...zReportOf(),
      restoredAtMs: [],
      isFromCopy: false,
      unlisted: 0,
    });
    for (const line of ['restoredAt', 'fromCopy', 'unlisted']) expect(whole).not.toContain(`fact,${line}`);
  });
});
