import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MOST_PICKED } from '../../../preload/contract/index.ts';
import { itOnPosix } from '../../kit/posix.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { zFileOf, zReportOf, zShop } from '../../kit/z-reports.ts';
import { impossible, open, outcomes } from './import-support.ts';

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
    // Below its own seal.
    expect(readFileSync(join(till.folder, names[0] ?? ''), 'utf8').split(/(?<=^\w{64}\n)/)[1]).toBe(text);
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

  itOnPosix('what is no file is not waited for', async () => {
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
