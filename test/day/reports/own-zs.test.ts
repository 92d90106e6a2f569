import { expect, it } from 'vitest';
import { createOwnZs } from '../../../main/day/reports/own-zs.ts';
import { createZExchange } from '../../../main/day/reports/z-exchange.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import type { ShiftReport } from '../../../preload/contract/index.ts';
import { silentLogger } from '../../kit/till.ts';
import { zFileOf, zReportOf, zShop } from '../../kit/z-reports.ts';
import { open as openFolder } from './import-support.ts';

const z = (number: number): ShiftReport =>
  zReportOf({ till: 'Counter 1', number, businessDay: `2026-11-${String(number).padStart(2, '0')}` });

/** A till that has closed so many shifts, one a day, and tells how often each Z was read. */
function open(closed: number, unread: readonly number[] = [], { wrong = 0 } = {}) {
  const all = Array.from({ length: closed }, (_, index) =>
    index + 1 === wrong ? { ...z(wrong), businessDay: '2020-01-01' } : z(index + 1),
  );
  const read: number[] = [];
  const own = createOwnZs({
    newestZRow: () => all.at(-1)?.number ?? null,
    tillId: () => 'a'.repeat(16),
    pause: async () => undefined,
    zReports: (before, limit) => {
      const page = all
        .filter(({ number }) => before === null || number < before)
        .sort((one, other) => other.number - one.number)
        .slice(0, limit);
      read.push(...page.map(({ number }) => number));
      return page.map((report) => ({
        number: report.number,
        report: unread.includes(report.number) ? null : report,
      }));
    },
  });
  const numbers = async (from: string) => (await own.since(from)).map(({ number }) => number);
  return { all, read, own, numbers };
}

it('reads no farther back than is asked, and each Z once', async () => {
  const { numbers, read, own } = open(9);
  expect(await numbers('2026-11-06')).toEqual([9, 8, 7, 6]);
  expect(own.digestsOf('Counter 1 7 2026-11-07')).toEqual([factsOf(z(7)).digest]);
  expect((await own.since('2026-11-06')).every(({ tillId }) => tillId === 'a'.repeat(16))).toBe(true);
  read.length = 0;
  expect(await numbers('2026-11-06')).toEqual([9, 8, 7, 6]);
  expect(read).toEqual([]);
});

it('reads none of a till that has closed no shift for long again', async () => {
  const { numbers, read } = open(3);
  expect(await numbers('2026-12-01')).toEqual([]);
  read.length = 0;
  expect(await numbers('2026-12-02')).toEqual([]);
  expect(read).toEqual([]);
  expect(await numbers('2026-11-02')).toEqual([3, 2]);
});

it('reads all anew where the newest is gone', async () => {
  const { all, numbers } = open(5);
  expect(await numbers('2026-11-01')).toEqual([5, 4, 3, 2, 1]);
  all.splice(3);
  expect(await numbers('2026-11-01')).toEqual([3, 2, 1]);
});

it('has each once where two ask at a time', async () => {
  const { numbers } = open(5);
  const both = await Promise.all([numbers('2026-11-04'), numbers('2026-11-04')]);
  expect([...both, await numbers('2026-11-04')]).toEqual([
    [5, 4],
    [5, 4],
    [5, 4],
  ]);
});

it('finds what was closed since, and what lies before', async () => {
  const { all, numbers } = open(5);
  expect(await numbers('2026-11-04')).toEqual([5, 4]);
  all.push(z(6), z(7), z(8));
  expect(await numbers('2026-11-04')).toEqual([8, 7, 6, 5, 4]);
  expect(await numbers('2026-11-01')).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  expect(await numbers('2026-01-01')).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
});

it('goes on beyond one that cannot be read', async () => {
  const { numbers } = open(6, [3, 4, 6]);
  expect(await numbers('2026-11-05')).toEqual([5]);
  expect(await numbers('2026-11-01')).toEqual([5, 2, 1]);
});

it('finds what lies before one of a day when the clock stood years back', async () => {
  const { all, numbers } = open(9, [], { wrong: 7 });
  expect(await numbers('2026-11-04')).toEqual([9, 8, 7, 6, 5, 4]);
  all.push({ ...z(10), businessDay: '2020-01-02' });
  expect(await numbers('2026-11-04')).toEqual([10, 9, 8, 7, 6, 5, 4]);
  const { numbers: first } = open(9, [], { wrong: 9 });
  expect(await first('2026-11-07')).toEqual([9, 8, 7]);
  expect(await first('2026-11-05')).toEqual([9, 8, 7, 6, 5]);
  const years = open(30);
  expect(await years.numbers('2026-11-30')).toEqual([30]);
  expect(Math.min(...years.read)).toBe(9);
});

it('has none where none was closed', async () => {
  const { all, numbers } = open(0);
  expect(await numbers('2026-11-01')).toEqual([]);
  all.push(z(1));
  expect(await numbers('2026-11-01')).toEqual([1]);
});

it('does not take its own of long ago for one that it lost', async () => {
  const { all, own } = open(5);
  const { kept } = openFolder();
  const exchange = createZExchange({
    own,
    today: () => '2027-11-30',
    report: (number) => all.find((report) => report.number === number) ?? null,
    account: zShop.account,
    ofKey: (make) => make(zShop.appKey),
    folder: kept,
    logger: silentLogger,
    pause: async () => undefined,
    read: async () => null,
    ownDigests: own.digestsOf,
    timeouts: { run: ({ work }) => work(), isBusy: () => false },
    runExclusive: (work) => work(),
  });
  const known = await exchange.known();
  expect(all.filter((report) => !known.has(factsOf(report).digest))).toEqual([]);
  expect(exchange.fileOf(5)).toBe(zFileOf(z(5)));
});
