import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { MOST_READ_HERE } from '../../../main/day/reports/bounded-z.ts';
import { fitted } from '../../../main/day/shifts/fitted.ts';
import { writeZFile } from '../../../main/day/shifts/z-file.ts';
import { liveFolder, zReportsFolder } from '../../../main/kernel/folders.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../../kit/till.ts';
import { recordsWorker } from '../../kit/workers.ts';
import { entryOfZ, zReportOf } from '../../kit/z-reports.ts';
import { must, outcomes } from './import-support.ts';

/** Files of 4 MB that are no report, each with another kind of much to build. */
const harmful: Readonly<Record<string, string>> = {
  'arrays.json': `{"format":"counterfoil z report 1","host":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}`,
  'names.json': `{"format":"counterfoil z report 1",${Array.from({ length: 300_000 }, (_, at) => `"k${at}":1`).join(',')}}`,
};

/** The longest text that was parsed in this thread. */
function longestParsed(): () => number {
  const parsed = vi.spyOn(JSON, 'parse');
  return () => Math.max(0, ...parsed.mock.calls.map(([text]) => text.length));
}

/** A till at which files of these texts are picked. */
async function open(worker = recordsWorker, folder = temporaryFolder()) {
  const store = await startPracticeStore();
  const from = temporaryFolder();
  const picked: string[] = [];
  const logged: string[] = [];
  const world = {
    reportPicker: { pickMany: async () => picked },
    exports: { recordsWorker: worker, place: { pick: async () => null } },
    logger: { ...silentLogger, warn: (event: string) => void logged.push(event) },
  };
  const till = await openTestTill(store, { world, folder });
  const shop = { host: store.baseUrl, appId: store.appId };
  return {
    ...{ till, logged },
    fileOf: (report: Parameters<typeof writeZFile>[2]) => writeZFile(store.appKey, shop, report),
    pick: async (files: Readonly<Record<string, string>>) => {
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(from, name), text);
        picked.push(join(from, name));
      }
      return outcomes((await must(till, 'reports:importFiles', {})).files);
    },
  };
}

/** As many entries that wait as there is room for, with names that take twice their room in a file. */
const largest = (change: Parameters<typeof zReportOf>[0]) =>
  fitted(zReportOf(change), {
    unsettled: Array.from({ length: 2_000 }, (_, at) =>
      entryOfZ(`e${at}`, { memberName: '"'.repeat(200), cashier: '\\'.repeat(180) }),
    ),
    late: [],
    takenUp: [],
    afterPaper: [],
  });

it('a file that was nested to do harm is refused with its reason, and main builds nothing of it', async () => {
  const { pick } = await open();
  const longest = longestParsed();
  expect(await pick(harmful)).toEqual([
    ['arrays.json', 'refused', 'cut-off'],
    ['names.json', 'refused', 'newer'],
  ]);
  expect(longest()).toBeLessThanOrEqual(MOST_READ_HERE);
});

it('one that somebody lays among those that were taken is told as unread, as one that is too large', async () => {
  const folder = temporaryFolder();
  const kept = zReportsFolder(liveFolder(folder));
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'arrays.json'), harmful['arrays.json'] ?? '');
  writeFileSync(join(kept, 'vast.json'), ' '.repeat(5_000_000));
  const { till, logged } = await open(recordsWorker, folder);
  const longest = longestParsed();
  expect((await must(till, 'reports:look', {})).view).toMatchObject({ unread: 2, reports: [] });
  expect(longest()).toBeLessThanOrEqual(MOST_READ_HERE);
  expect(logged).toEqual(['reports.unread', 'reports.unread']);
});

it('the largest report that a till writes is taken, and read beside main', async () => {
  const { till, fileOf, pick } = await open();
  const today = till.session.kernel.today();
  const text = fileOf(largest({ businessDay: today, id: 'large' }));
  expect(text.length).toBeGreaterThan(2_000_000);
  const longest = longestParsed();
  expect(await pick({ 'large.json': text, 'small.json': fileOf(zReportOf({ businessDay: today })) })).toEqual(
    [
      ['large.json', 'taken', null],
      ['small.json', 'taken', null],
    ],
  );
  const { view } = await must(till, 'reports:look', {});
  expect(view?.day.at(-1)?.sum).toMatchObject({ reports: 2, net: '200' });
  expect(longest()).toBeLessThanOrEqual(MOST_READ_HERE);
});

it('where no thread can be had a large one is refused, and small ones are taken', async () => {
  const { till, fileOf, pick, logged } = await open('');
  const businessDay = till.session.kernel.today();
  const files = {
    'large.json': fileOf(largest({ businessDay, id: 'large' })),
    'small.json': fileOf(zReportOf({ businessDay })),
  };
  expect(await pick(files)).toEqual([
    ['large.json', 'refused', 'unreadable'],
    ['small.json', 'taken', null],
  ]);
  expect(logged).toContain('reports.no-worker');
});
