import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOST_KEPT } from '../../../main/day/reports/import-files.ts';
import { amount, tillsSumSchema } from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { entryOfZ, tenderOf, zFileOf, zReportOf, zShop } from '../../kit/z-reports.ts';
import { impossible, open, outcomes, pause } from './import-support.ts';

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

describe('what this till has verified', () => {
  const first = zReportOf({ id: 'first' });
  const under = (appKey: string, report = first) => zFileOf(report, { ...zShop, appKey });
  const idsOf = ({ zs }: { readonly zs: readonly { readonly id: string }[] }) =>
    zs.map(({ id }) => id).sort();

  it('stays its own under another App key, and none is written anew', async () => {
    const till = open();
    await till.pick({ 'a.json': under('KEY-ONE'), 'b.json': under('KEY-ONE', zReportOf({ id: 'b' })) });
    const filesOf = () =>
      readdirSync(till.folder).map((name) => readFileSync(join(till.folder, name), 'utf8'));
    const before = filesOf();
    const next = open(till.folder, { appKey: 'KEY-TWO' });
    expect(await next.kept.all()).toMatchObject({ unread: 0 });
    expect(idsOf(await next.kept.all())).toEqual(['b', 'first']);
    expect(filesOf()).toEqual(before);
    // The same report under the new key is no second one.
    expect(outcomes((await next.pick({ 'a.json': under('KEY-TWO') })).files)).toEqual([
      ['a.json', 'known', null],
    ]);
  });

  it('is no other till’s, and not what a program put there with the App key', async () => {
    const till = open();
    await till.pick({ 'a.json': under('KEY-ONE') });
    const [name = ''] = readdirSync(till.folder);
    const other = open(till.folder, {}, Buffer.alloc(32, 8));
    expect(await other.kept.all()).toEqual({ zs: [], unread: 1 });
    writeFileSync(join(till.folder, name), under('KEY-ONE'));
    expect(await open(till.folder).kept.all()).toEqual({ zs: [], unread: 1 });
  });

  it('is of its own account and currency alone', async () => {
    const till = open();
    await till.pick({ 'a.json': under('KEY-ONE') });
    const trial = { host: zShop.account.host, appId: 'TRIAL' };
    for (const change of [{ account: trial }, { currency: 'MYR' }])
      expect(await open(till.folder, change).kept.all()).toEqual({ zs: [], unread: 1 });
  });

  it('is neither read nor taken while the journal key is lost', async () => {
    const till = open();
    await till.pick({ 'a.json': under('KEY-ONE') });
    const lost = open(till.folder, {}, null);
    expect(await lost.kept.all()).toEqual({ zs: [], unread: 0 });
    expect(outcomes((await lost.pick({ 'b.json': under('KEY-ONE', zReportOf({ id: 'b' })) })).files)).toEqual(
      [['b.json', 'refused', 'not-kept']],
    );
    expect(readdirSync(till.folder)).toHaveLength(1);
  });

  it('counts as read once it is taken again', async () => {
    const till = open(undefined, {}, Buffer.alloc(32, 8));
    await till.pick({ 'a.json': under('KEY-ONE') });
    const next = open(till.folder);
    expect(await next.kept.all()).toEqual({ zs: [], unread: 1 });
    expect(outcomes((await next.pick({ 'a.json': under('KEY-ONE') })).files)).toEqual([
      ['a.json', 'taken', null],
    ]);
    expect((await next.kept.all()).unread).toBe(0);
    expect(readdirSync(till.folder)).toHaveLength(1);
  });

  it('takes the place of no differing one that cannot be read', async () => {
    const till = open(undefined, {}, Buffer.alloc(32, 8));
    const second = zReportOf({ id: 'first' }, amount('7'));
    await till.pick({ 'a.json': under('KEY-ONE'), 'b.json': under('KEY-ONE', second) });
    const next = open(till.folder);
    await next.pick({ 'b.json': under('KEY-ONE', second) });
    expect((await next.kept.all()).unread).toBe(1);
    await next.pick({ 'a.json': under('KEY-ONE') });
    const { zs, unread } = await open(till.folder).kept.all();
    expect([zs.length, unread]).toEqual([2, 0]);
  });

  it('is gone where a manager removed it, and its digest is noted', async () => {
    const till = open();
    await till.pick({ 'a.json': under('KEY-ONE') });
    const [{ digest } = { digest: '' }] = (await till.kept.all()).zs;
    await till.kept.remove('first');
    expect([await till.kept.all(), readdirSync(till.folder), till.kept.removed()]).toEqual([
      { zs: [], unread: 0 },
      [],
      [digest],
    ]);
  });
});
