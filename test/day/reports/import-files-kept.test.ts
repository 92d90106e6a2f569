import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createCarriedZs } from '../../../main/day/reports/carried-zs.ts';
import { MOST_KEPT } from '../../../main/day/reports/import-files.ts';
import { amount, tillsSumSchema } from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { realRandom, startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill } from '../../kit/till.ts';
import { entryOfZ, tenderOf, zFileOf, zReportOf, zShop } from '../../kit/z-reports.ts';
import { carriedInMemory, impossible, open, outcomes, pause } from './import-support.ts';

describe('a place that does not answer', () => {
  it('holds no file of another one, and is waited for once', async () => {
    const till = open();
    let asked = 0;
    let back = (): void => undefined;
    const hangs = new Promise<string>((resolve) => {
      back = () => resolve(zFileOf(zReportOf({ id: 'late' })));
    });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const textOf = (path: string): Promise<string> => {
      if (!path.startsWith('/share')) return Promise.resolve(zFileOf(zReportOf({ id: path })));
      asked += 1;
      begin();
      return hangs;
    };
    const paths = ['/stick/a.json', '/share/b.json', '/share/c.json', '/stick/d.json'];
    const picked = till.pickOf(paths, textOf);
    await begun;
    till.clock.advance(15_000);
    expect(outcomes((await picked).files)).toEqual([
      ['a.json', 'taken', null],
      ['b.json', 'refused', 'unreadable'],
      ['c.json', 'refused', 'unreadable'],
      ['d.json', 'taken', null],
    ]);
    expect(asked).toBe(1);
    // What comes after that is not taken behind anybody's back.
    back();
    await hangs;
    await pause();
    expect((await till.kept.all()).zs.map(({ id }) => id)).toEqual(['/stick/a.json', '/stick/d.json']);
    expect(outcomes((await till.pickOf(['/share/b.json'], textOf)).files)).toEqual([
      ['b.json', 'taken', null],
    ]);
  });
});

describe('the largest figures that are taken', () => {
  it('are added up, as many reports as are kept', async () => {
    const most = amount(`${'9'.repeat(21)}.9999`);
    const till = open();
    const [cell] = zReportOf().cells;
    if (cell === undefined) throw new Error('no cells');
    const report = zReportOf({
      ...{ bonus: most, points: most, unsettled: [entryOfZ('a', { principal: most })] },
      tenders: [tenderOf({ taken: most, variance: amount(`-${most}`) })],
      cells: [{ ...cell, entries: 1_000_000_000, principal: most, bonus: most, points: most }],
    });
    expect(outcomes((await till.pick({ 'z.json': zFileOf(report) })).files)).toEqual([
      ['z.json', 'taken', null],
    ]);
    const [facts] = (await till.kept.all()).zs;
    if (facts === undefined) throw new Error('not kept');
    // Its lines add up as its other sums do, and would take most of the time.
    const one = { ...facts, lines: {} };
    const zs = Array.from({ length: MOST_KEPT }, (_, index) => ({ ...one, id: `${index}`, number: index }));
    const day = { from: facts.businessDay, to: facts.businessDay };
    const ownTill = { id: null, name: 'Counter 1' };
    const { sum } = createAddUp({ zs, ownTill, isSettled: () => false })(day, facts.businessDay);
    expect(tillsSumSchema.parse(sum)).toMatchObject({
      reports: MOST_KEPT,
      bonus: `3${'9'.repeat(24)}6`,
    });
  });
});

describe('a kept file', () => {
  it('whose figures cannot be is told, and the others are added up', async () => {
    const till = open();
    await till.pick({ 'a.json': zFileOf(zReportOf()) });
    const kept = impossible.map((report, index) => ({ ...report, id: `kept ${index}` }));
    for (const report of kept) {
      const name = createHash('sha256').update(report.id).digest('hex').slice(0, 32);
      writeFileSync(join(till.folder, `${name}.json`), zFileOf(report));
    }
    const { zs, unread } = await open(till.folder).kept.all();
    expect([zs.length, unread]).toEqual([1, kept.length]);
  });

  it('that was altered since is told, and not counted', async () => {
    const till = open();
    await till.pick({ 'a.json': zFileOf(zReportOf()), 'b.json': zFileOf(zReportOf({ id: 'b' })) });
    const [name = ''] = readdirSync(till.folder);
    const path = join(till.folder, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace('100', '900'));
    const { zs, unread } = await open(till.folder).kept.all();
    expect([zs.length, unread]).toEqual([1, 1]);
  });

  it('that was copied under another name counts once', async () => {
    const till = open();
    await till.pick({ 'a.json': zFileOf(zReportOf()) });
    writeFileSync(join(till.folder, 'copy.json'), zFileOf(zReportOf()));
    const { zs, unread } = await open(till.folder).kept.all();
    expect([zs.length, unread]).toEqual([1, 1]);
  });

  it('of what a crash left half written is no report', async () => {
    const till = open();
    mkdirSync(till.folder, { recursive: true });
    writeFileSync(join(till.folder, 'x.json.0f8fad5b'), 'half');
    expect(await till.kept.all()).toEqual({ zs: [], unread: 0 });
  });
});

describe('what the database carries', () => {
  it('is in the folder again where that was lost, and what an older version kept is carried', async () => {
    const carried = carriedInMemory();
    const till = open(undefined, {}, carried);
    await till.pick({ 'a.json': zFileOf(zReportOf({ id: 'a' })), 'b.json': zFileOf(zReportOf({ id: 'b' })) });
    const there = open(undefined, {}, carried);
    await there.kept.agree();
    expect(readdirSync(there.folder)).toEqual(readdirSync(till.folder));
    expect((await there.kept.all()).zs.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    // Taken out is taken out.
    await there.kept.remove('a');
    expect((await open(undefined, {}, carried).kept.all()).zs.map(({ id }) => id)).toEqual(['b']);

    const before = carriedInMemory();
    await open(till.folder, {}, before).kept.agree();
    expect([...before.names()].sort()).toEqual(readdirSync(till.folder).sort());
  });

  it('is what the folder has, where a restored backup has another of the same report', async () => {
    const carried = carriedInMemory();
    const till = open(undefined, {}, carried);
    await till.pick({ 'a.json': zFileOf(zReportOf({ bonus: amount('9') })) });
    const [name = ''] = carried.names();
    const now = await carried.text(name);
    await carried.put(name, zFileOf(zReportOf()));
    await open(till.folder, {}, carried).kept.all();
    expect(await carried.text(name)).toBe(now);
  });

  it('names no file outside of the folder, and counts nothing that does not verify', async () => {
    const carried = carriedInMemory();
    await carried.put('../out.json', zFileOf(zReportOf()));
    await carried.put(`${'a'.repeat(32)}.json`, '{}');
    const till = open(undefined, {}, carried);
    expect(await till.kept.all()).toEqual({ zs: [], unread: 1 });
    expect(readdirSync(join(till.folder, '..'))).toEqual(['z-reports']);
  });

  it('has a bound, and says when it is reached', async () => {
    const till = await openTestTill(await startPracticeStore());
    const { db, settings } = till.session.kernel;
    const carried = createCarriedZs(db, settings, 1_500_000);
    expect(carried.isFull()).toBe(false);
    expect(await carried.put('a', 'a report')).toBe(true);
    expect(await carried.put('b', randomBytes(400_000).toString('hex'))).toBe(true);
    expect([carried.names(), carried.isFull()]).toEqual([['a', 'b'], true]);
    expect(await carried.put('c', randomBytes(1_000_000).toString('hex'))).toBe(false);
    expect(await carried.text('a')).toBe('a report');
    expect(await carried.put('b', randomBytes(800_000).toString('hex'))).toBe(true);
    settings.set('reports.z.a', 'not compressed');
    expect(await carried.text('a')).toBeNull();
    carried.drop('b');
    expect(carried.isFull()).toBe(false);
  });
});

describe('after the App key was replaced', () => {
  const first = zReportOf({ id: 'first' });
  const under = (appKey: string, report = first) => zFileOf(report, { ...zShop, appKey });

  it('what was imported is sealed under the new one, as it was taken and nothing else', async () => {
    const change = { appKey: 'KEY-ONE' };
    const till = open(undefined, change);
    const other = zReportOf({ id: 'other' });
    await till.pick({ 'a.json': under('KEY-ONE'), 'b.json': under('KEY-ONE', other) });
    const [altered] = readdirSync(till.folder).filter((name) =>
      readFileSync(join(till.folder, name), 'utf8').includes('other'),
    );
    // Somebody alters one of them before.
    writeFileSync(
      join(till.folder, altered ?? ''),
      under('KEY-ONE', zReportOf({ id: 'other' }, amount('7'))),
    );
    change.appKey = 'KEY-TWO';
    expect((await till.kept.all()).zs).toHaveLength(2);
    await vi.waitFor(async () => {
      const { zs, unread } = await open(till.folder, change).kept.all();
      expect([zs.map(({ id }) => id), unread]).toEqual([['first'], 1]);
    });
  });

  it('one that cannot be written now holds no other, and is sealed later', async () => {
    const change = { appKey: 'KEY-ONE' };
    let isHeld = false;
    const uuid = () => {
      const isRefused = isHeld;
      isHeld = false;
      if (isRefused) throw Object.assign(new Error('held'), { code: 'EPERM' });
      return realRandom.uuid();
    };
    const till = open(undefined, change, undefined, { uuid });
    await till.pick({ 'a.json': under('KEY-ONE'), 'b.json': under('KEY-ONE', zReportOf({ id: 'b' })) });
    change.appKey = 'KEY-TWO';
    isHeld = true;
    const sealed = async () => (await open(till.folder, change).kept.all()).zs.map(({ id }) => id).sort();
    await till.kept.all();
    await vi.waitFor(async () => expect(await sealed()).toEqual(['b']));
    await till.kept.all();
    await vi.waitFor(async () => expect(await sealed()).toEqual(['b', 'first']));
  });

  it('one that a manager removes meanwhile does not come back', async () => {
    const change = { appKey: 'KEY-ONE' };
    const carried = carriedInMemory();
    const removed: Promise<void>[] = [];
    const till = open(undefined, change, {
      ...carried,
      put: async (name, text) => {
        if (change.appKey === 'KEY-TWO') {
          removed.push(till.kept.remove('first'));
          // Between that and the end of the file.
          while (carried.names().length > 0) await pause();
        }
        return carried.put(name, text);
      },
    });
    await till.pick({ 'a.json': under('KEY-ONE') });
    change.appKey = 'KEY-TWO';
    await till.kept.all();
    await vi.waitUntil(() => removed.length > 0);
    await Promise.all(removed);
    await vi.waitFor(() => expect([carried.names(), readdirSync(till.folder)]).toEqual([[], []]));
  });

  it('a copy in the database is replaced also where there is no room for another', async () => {
    const change = { appKey: 'KEY-ONE' };
    const carried = carriedInMemory();
    let isFull = false;
    const till = open(undefined, change, { ...carried, isFull: () => isFull });
    await till.pick({ 'a.json': under('KEY-ONE') });
    isFull = true;
    change.appKey = 'KEY-TWO';
    await till.kept.all();
    const [name = ''] = carried.names();
    await vi.waitFor(async () => expect(await carried.text(name)).toBe(under('KEY-TWO')));
  });

  it('one that could not be read counts as read once it is taken again', async () => {
    const till = open();
    await till.pick({ 'a.json': under('KEY-ONE') });
    const next = open(till.folder, { appKey: 'KEY-TWO' });
    expect(await next.kept.all()).toEqual({ zs: [], unread: 1 });
    expect(outcomes((await next.pick({ 'a.json': under('KEY-TWO') })).files)).toEqual([
      ['a.json', 'taken', null],
    ]);
    expect((await next.kept.all()).unread).toBe(0);
    expect(readdirSync(till.folder)).toHaveLength(1);
  });

  it('a differing one that is taken again takes the place of no other', async () => {
    const till = open();
    const second = zReportOf({ id: 'first' }, amount('7'));
    await till.pick({ 'a.json': under('KEY-ONE'), 'b.json': under('KEY-ONE', second) });
    const next = open(till.folder, { appKey: 'KEY-TWO' });
    await next.pick({ 'b.json': under('KEY-TWO', second) });
    expect((await next.kept.all()).unread).toBe(1);
    await next.pick({ 'a.json': under('KEY-TWO') });
    const { zs, unread } = await open(till.folder, { appKey: 'KEY-TWO' }).kept.all();
    expect([zs.length, unread]).toEqual([2, 0]);
  });
});
