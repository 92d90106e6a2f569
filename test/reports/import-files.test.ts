import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPatience } from '../../main/patience.ts';
import { createAddUp } from '../../main/reports/add-up.ts';
import { importFiles, MOST_KEPT, textOfZFile } from '../../main/reports/import-files.ts';
import { readZ, type ZDesk } from '../../main/reports/read-z.ts';
import { createZFolder, type ZFolder } from '../../main/reports/z-folder.ts';
import {
  amount,
  MOST_PICKED,
  type PickedZ,
  type ShiftReport,
  tillsSumSchema,
} from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';
import { entryOfZ, tenderOf, zFileOf, zReportOf, zShop } from '../kit/z-reports.ts';

const desk: ZDesk = { ...zShop, currency: 'SGD', isPractice: false };
const pause = async () => undefined;

function open(folder = join(temporaryFolder(), 'z-reports'), change: Partial<ZDesk> = {}) {
  const read = (text: string) => readZ(text, { ...desk, ...change });
  const kept: ZFolder = createZFolder({ folder, random: realRandom, logger: silentLogger, pause, read });
  const from = temporaryFolder();
  const clock = createTestClock();
  const parts = {
    ...{ folder: kept, logger: silentLogger, pause, read, isOwn: (id: string) => id === 'own' },
    ...{ patience: createPatience(clock), textOf: textOfZFile },
  };
  return {
    ...{ folder, kept },
    /** Files of these texts, picked together. */
    pick: (files: Readonly<Record<string, string | Buffer>>) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(from, name), text);
      return importFiles(
        parts,
        Object.keys(files).map((name) => join(from, name)),
      );
    },
    missing: () => importFiles(parts, [join(from, 'not-there.json')]),
    /** Files of places, some of which give nothing until they are back. */
    pickOf: (paths: readonly string[], textOf: (path: string) => Promise<string>) =>
      importFiles({ ...parts, textOf }, paths),
    clock,
    /** A folder, what is read without an end, and one that nobody writes into. */
    noFiles: () => {
      mkdirSync(join(from, 'folder.json'));
      symlinkSync('/dev/zero', join(from, 'endless.json'));
      if (spawnSync('mkfifo', [join(from, 'pipe.json')]).status !== 0) throw new Error('no mkfifo');
      return importFiles(
        parts,
        ['folder.json', 'endless.json', 'pipe.json'].map((name) => join(from, name)),
      );
    },
  };
}

const outcomes = (files: readonly PickedZ[]) =>
  files.map(({ file, outcome, problem }) => [file, outcome, problem]);

describe('a file of a Z', () => {
  it('is taken, kept as it is, and there again after a start', async () => {
    const till = open();
    const text = zFileOf(zReportOf());
    expect((await till.pick({ 'z.json': text })).files).toEqual([
      {
        ...{ file: 'z.json', outcome: 'taken', problem: null },
        report: { till: 'Counter 2', number: 1, businessDay: '2026-11-25' },
      },
    ]);
    const names = readdirSync(till.folder);
    expect(names).toHaveLength(1);
    expect(readFileSync(join(till.folder, names[0] ?? ''), 'utf8')).toBe(text);
    const { zs, unread } = await open(till.folder).kept.all();
    expect([zs.map(({ id }) => id), unread]).toEqual([[zReportOf().id], 0]);
  });

  it('counts once, however often it is picked, and under whatever name', async () => {
    const till = open();
    const text = zFileOf(zReportOf());
    const { files } = await till.pick({ 'a.json': text, 'b.json': text });
    expect(outcomes(files)).toEqual([
      ['a.json', 'taken', null],
      ['b.json', 'known', null],
    ]);
    expect(outcomes((await till.pick({ 'c.json': text })).files)).toEqual([['c.json', 'known', null]]);
    expect((await till.kept.all()).zs).toHaveLength(1);
  });

  it('one of four hundred is taken with all others, and what is more is told as left', async () => {
    const till = open();
    const files = Object.fromEntries(
      Array.from({ length: MOST_PICKED + 1 }, (_, index) => [
        `${index}.json`,
        zFileOf(zReportOf({ id: `z${index}`, number: index + 1 })),
      ]),
    );
    const taken = await till.pick(files);
    expect(taken.files.filter(({ outcome }) => outcome === 'taken')).toHaveLength(MOST_PICKED);
    expect(taken.left).toBe(1);
    expect((await till.kept.all()).zs).toHaveLength(MOST_PICKED);
  });

  it('is read as whatever carried it has it: with a byte order mark, and with lines that end as those of Windows', async () => {
    const texts = ['a', 'b', 'c', 'd'].map((id) => zFileOf(zReportOf({ id })));
    const [marked = '', ended = '', both = '', spaced = ''] = texts;
    const till = open();
    const { files } = await till.pick({
      'marked.json': `\ufeff${marked}`,
      'ended.json': ended.replaceAll('\n', '\r\n'),
      'both.json': `\ufeff${both.replaceAll('\n', '\r\n')}`,
      'spaced.json': `\ufeff\r\n${spaced}\r\n\n`,
      'cut.json': `\ufeff${marked.slice(0, -30)}`,
    });
    expect(outcomes(files)).toEqual([
      ['marked.json', 'taken', null],
      ['ended.json', 'taken', null],
      ['both.json', 'taken', null],
      ['spaced.json', 'taken', null],
      ['cut.json', 'refused', 'cut-off'],
    ]);
    const { zs, unread } = await open(till.folder).kept.all();
    expect([zs.length, unread]).toEqual([4, 0]);
  });

  it('of this till’s own says nothing new', async () => {
    const { files } = await open().pick({ 'z.json': zFileOf(zReportOf({ id: 'own' })) });
    expect(outcomes(files)).toEqual([['z.json', 'known', null]]);
  });

  it('of the same till and number with another id is kept beside the first', async () => {
    const till = open();
    await till.pick({ 'a.json': zFileOf(zReportOf()), 'b.json': zFileOf(zReportOf({ id: 'another' })) });
    expect((await till.kept.all()).zs).toHaveLength(2);
  });

  it('names no file outside of the folder, whatever its report calls itself', async () => {
    const till = open();
    await till.pick({ 'z.json': zFileOf(zReportOf({ id: '../../escaped' })) });
    expect(readdirSync(join(till.folder, '..'))).toEqual(['z-reports']);
    expect((await till.kept.all()).zs).toHaveLength(1);
  });

  it('is taken out again, and can come back', async () => {
    const till = open();
    const text = zFileOf(zReportOf());
    await till.pick({ 'z.json': text });
    await till.kept.remove(zReportOf().id);
    expect([(await till.kept.all()).zs, readdirSync(till.folder)]).toEqual([[], []]);
    expect(outcomes((await till.pick({ 'z.json': text })).files)).toEqual([['z.json', 'taken', null]]);
  });
});

/** More digits than what is added up may have, each in another place. */
const endless = amount('9'.repeat(30));
const impossible: readonly ShiftReport[] = [
  zReportOf({}, endless),
  zReportOf({ tenders: [tenderOf({ taken: endless }), tenderOf({ tender: 'card', taken: endless })] }),
  zReportOf({ tenders: [tenderOf({ reversed: endless })] }),
  zReportOf({ tenders: [tenderOf({ lateGivenBack: endless })] }),
  zReportOf({ tenders: [tenderOf({ variance: amount(`-${endless}`) })] }),
  zReportOf({ bonus: endless }),
  zReportOf({ points: endless }),
  zReportOf({ unsettled: [entryOfZ('a', { principal: endless })] }),
  zReportOf({
    late: [
      { ...entryOfZ('a', { state: 'rejected', bonus: endless }), shift: 1, was: 'queued', settledAtMs: 5 },
    ],
  }),
  zReportOf({ cells: zReportOf().cells.map((cell) => ({ ...cell, entries: Number.MAX_SAFE_INTEGER })) }),
  zReportOf({ closedAtMs: Number.MAX_SAFE_INTEGER }),
  zReportOf({ businessDay: '2026-02-30', id: 'no such day', closedAtMs: 5, openedAtMs: 5, atMs: 5 }),
  zReportOf({ businessDay: '9999-99-99', id: 'no such day', closedAtMs: 5, openedAtMs: 5, atMs: 5 }),
];

describe('what does not belong here is refused, each with its reason, and the rest is taken', () => {
  const good = zFileOf(zReportOf());
  const practice = { account: { host: 'practice', appId: 'made-up' }, appKey: 'made-up' };
  const cases: readonly (readonly [problem: string, text: string | Buffer])[] = [
    ['forged', good.replace(String.raw`\"taken\":\"100\"`, String.raw`\"taken\":\"900\"`)],
    ['forged', zFileOf(zReportOf(), { ...zShop, appKey: 'KEY-TWO' })],
    ['cut-off', good.slice(0, good.length / 2)],
    ['cut-off', good.slice(0, -3)],
    ['foreign', ''],
    ['foreign', 'Shopping list'],
    ['foreign', '{"version": 3}'],
    ['foreign', '[]'],
    ['foreign', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0])],
    ['newer', good.replace('counterfoil z report 1', 'counterfoil z report 2')],
    ['newer', zFileOf({ ...zReportOf(), drawer: 'shared' as never })],
    ['practice', zFileOf(zReportOf({ isPractice: true }), practice)],
    ['practice', zFileOf(zReportOf({ isPractice: true }))],
    ['other-shop', zFileOf(zReportOf(), { ...zShop, account: { ...zShop.account, appId: 'OTHER' } })],
    ['other-shop', zFileOf(zReportOf(), { ...zShop, account: { host: 'https://b.example', appId: 'APP' } })],
    ['other-currency', zFileOf(zReportOf({ currency: 'MYR' }))],
    ['newer', zFileOf(zReportOf({ kind: 'x' }))],
    ['too-large', ' '.repeat(5_000_000)],
    ...impossible.map((report) => ['impossible', zFileOf(report)] as const),
  ];

  it.each(cases)('%s', async (problem, text) => {
    const till = open();
    expect(text).not.toBe(good);
    const { files } = await till.pick({
      'a.json': good,
      'bad.json': text,
      'c.json': zFileOf(zReportOf({ id: 'c' })),
    });
    expect(outcomes(files)).toEqual([
      ['a.json', 'taken', null],
      ['bad.json', 'refused', problem],
      ['c.json', 'taken', null],
    ]);
    expect((await till.kept.all()).zs).toHaveLength(2);
  });

  it('a file of which one byte is another one, whichever', async () => {
    const till = open();
    const whole = Buffer.from(good);
    const places = Array.from({ length: 60 }, (_, index) => Math.floor((index * whole.length) / 60));
    const { files } = await till.pick(
      Object.fromEntries(
        places.map((place) => {
          const altered = Buffer.from(whole);
          altered[place] = (whole[place] ?? 0) ^ 1;
          return [`${place}.json`, altered];
        }),
      ),
    );
    expect(files.filter(({ outcome }) => outcome !== 'refused')).toEqual([]);
    expect((await till.kept.all()).zs).toEqual([]);
  });

  it('a file that is not there', async () => {
    expect(outcomes((await open().missing()).files)).toEqual([['not-there.json', 'refused', 'unreadable']]);
  });

  it('what is no file is not waited for', async () => {
    expect(outcomes((await open().noFiles()).files)).toEqual([
      ['folder.json', 'refused', 'unreadable'],
      ['endless.json', 'refused', 'unreadable'],
      ['pipe.json', 'refused', 'unreadable'],
    ]);
  });

  it('practice never takes what is real', async () => {
    const till = open(undefined, { ...practice, isPractice: true });
    const { files } = await till.pick({
      'real.json': good,
      'made-up.json': zFileOf(zReportOf({ isPractice: true }), practice),
    });
    expect(outcomes(files)).toEqual([
      ['real.json', 'refused', 'live'],
      ['made-up.json', 'taken', null],
    ]);
  });

  it('a disk that does not take it loses nothing else', async () => {
    const at = join(temporaryFolder(), 'file');
    writeFileSync(at, 'no folder');
    const till = open(join(at, 'z-reports'));
    expect(outcomes((await till.pick({ 'z.json': good })).files)).toEqual([
      ['z.json', 'refused', 'not-kept'],
    ]);
    expect((await till.kept.all()).zs).toEqual([]);
  });
});

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
    const report = zReportOf({
      ...{ bonus: most, points: most, unsettled: [entryOfZ('a', { principal: most })] },
      tenders: [tenderOf({ taken: most, variance: amount(`-${most}`) })],
      cells: zReportOf().cells.map((cell) => ({ ...cell, entries: 1_000_000_000 })),
    });
    expect(outcomes((await till.pick({ 'z.json': zFileOf(report) })).files)).toEqual([
      ['z.json', 'taken', null],
    ]);
    const [facts] = (await till.kept.all()).zs;
    if (facts === undefined) throw new Error('not kept');
    const zs = Array.from({ length: MOST_KEPT }, (_, index) => ({ ...facts, id: `${index}`, number: index }));
    const day = { from: facts.businessDay, to: facts.businessDay };
    const { sum } = createAddUp({ zs, ownTill: 'Counter 1', isSettled: () => false })(day, facts.businessDay);
    expect(tillsSumSchema.parse(sum)).toMatchObject({ reports: MOST_KEPT, bonus: `${'9'.repeat(21)}9999` });
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
