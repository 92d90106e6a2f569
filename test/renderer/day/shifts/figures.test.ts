import { describe, expect, it } from 'vitest';
import {
  addAmounts,
  amount,
  reportRows,
  rowsOf,
  type ShiftReport,
} from '../../../../preload/contract/index.ts';
import {
  busyHours,
  foldedOf,
  openBefore,
  thatDiffer,
  variancesOf,
} from '../../../../renderer/day/shifts/figures.ts';
import { blindReport, closedReport, reportOf, tenderOf } from '../../support/shift-samples.ts';

const cashLines = (report: ShiftReport) =>
  rowsOf(reportRows(report), 'cash').map(({ name, amount: sum }) => [name, sum]);

describe('the figures of a report', () => {
  it('add up by cashier to what was taken, less what was given back, the most first', () => {
    const shares = rowsOf(reportRows(reportOf()), 'cashier');
    expect(
      shares.map(({ cashier, entries, principal, bonus }) => [cashier, entries, principal, bonus]),
    ).toEqual([
      ['Mei', 11, '450', '40'],
      ['Layla', 6, '310', '20'],
    ]);
    expect(addAmounts(...shares.map(({ principal }) => principal))).toBe(foldedOf(reportOf()).net.principal);
  });

  it('count each entry, and those that were given back by themselves', () => {
    const { lines, net } = foldedOf(reportOf());
    expect([net.entries, lines.cancelled.entries]).toEqual([17, 1]);
  });

  it('count what is not settled, also of what is not listed', () => {
    const unsettledOf = (report: ReturnType<typeof reportOf>) => foldedOf(report).lines.unsettled.entries;
    expect(unsettledOf(reportOf())).toBe(1);
    const cells = reportOf().cells.map((cell) =>
      cell.state === 'queued' ? { ...cell, entries: 3_000 } : cell,
    );
    expect(unsettledOf(reportOf({ cells, unlisted: 1_000 }))).toBe(3_000);
    expect(unsettledOf(blindReport())).toBe(0);
  });

  it('tell of all tenders but cash while that is not told', () => {
    expect(foldedOf(blindReport()).net.principal).toBe('310');
    expect(cashLines(blindReport())).toEqual([]);
  });

  it('add the drawer up as by hand', () => {
    const lines = cashLines(reportOf());
    expect(lines).toEqual([
      ['float', '200.00'],
      ['taken', '480'],
      ['reversed', '-30'],
      ['paid-out', '-25'],
      ['expected', '625.00'],
    ]);
    const addends = lines.filter(([line]) => line !== 'expected').map(([, sum]) => sum);
    expect(addAmounts(...addends.map((sum) => amount(String(sum))))).toBe('625');
  });

  it('have what was given back late taken off', () => {
    const tenders = [tenderOf({ lateGivenBack: amount('20.00'), expected: amount('605.00') })];
    const [cell] = reportOf().cells;
    if (cell === undefined) throw new Error('no cells');
    const cells = [
      { ...cell, line: 'sale', shift: 11, state: 'rejected', principal: amount('20.00') } as const,
    ];
    expect(cashLines(reportOf({ tenders, cells }))).toContainEqual(['late', '-20']);
  });

  it('have no drawer where the cash is counted elsewhere', () => {
    expect(cashLines(reportOf({ drawer: 'elsewhere' }))).toEqual([]);
  });

  it('differ by each way to pay that was counted: what is missing in one is not made good by another', () => {
    expect(variancesOf(reportOf())).toEqual([]);
    expect(variancesOf(closedReport('620.00', '-5.00'))).toEqual([{ tender: 'cash', variance: '-5.00' }]);
    const swapped = [
      tenderOf({ variance: amount('-5.00') }),
      tenderOf({ tender: 'card', variance: amount('5.00') }),
      tenderOf({ tender: 'qr', variance: amount('0.00') }),
    ];
    expect(thatDiffer(variancesOf({ tenders: swapped }))).toEqual([
      { tender: 'cash', variance: '-5.00' },
      { tender: 'card', variance: '5.00' },
    ]);
  });

  it('have the hours from the first entry to the last, with the quiet ones between', () => {
    const at = (hour: number, entries: number) => ({ hour, entries, principal: amount('0') });
    expect(busyHours([at(4, 0), at(5, 1), at(6, 0), at(7, 2), at(8, 0)])).toEqual([
      at(5, 1),
      at(6, 0),
      at(7, 2),
    ]);
    expect(busyHours([at(4, 0)])).toEqual([]);
  });
});

it('entries without an outcome are told apart by whether they are from before the shift', () => {
  const entries = [
    { state: 'review', createdAtMs: 10 },
    { state: 'confirmed', createdAtMs: 10 },
    { state: 'queued', createdAtMs: 30 },
  ] as const;
  expect(openBefore(entries, 20)).toBe(1);
});
