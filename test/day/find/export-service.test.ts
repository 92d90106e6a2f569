import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import {
  createExportService,
  type ExportParts,
  type WriteFound,
} from '../../../main/day/find/export-service.ts';
import type { Actor } from '../../../main/kernel/actor.ts';
import { amount } from '../../../preload/contract/index.ts';
import { anyTime, anything } from '../../kit/find.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';

const boss: Actor = { role: 'manager', person: 'Boss' };
const query = {
  filter: { ...anything, state: 'review' as const },
  uids: [],
  range: { from: 3, to: 9 },
  within: anyTime,
};

function openExports(write: WriteFound, change: Partial<ExportParts> = {}) {
  const target = join(temporaryFolder(), 'entries.csv');
  const told: unknown[] = [];
  const percents: (number | null)[] = [];
  const service = createExportService({
    place: { pick: async () => target },
    write,
    journal: { append: (row) => void told.push(row) },
    ...{ clock: realClock, random: realRandom, logger: silentLogger, today: () => '2026-11-26' },
    till: 'Counter 1',
    changed: () => void percents.push(service.percent()),
    ...change,
  });
  const files = () => readdirSync(dirname(target));
  return { service, target, told, percents, files };
}

const written: WriteFound = async ({ target }, tell) => {
  writeFileSync(target, 'whole');
  tell({ done: 1, of: 2 });
  return { end: 'written', entries: 2 };
};

it('replaces the file as a whole once the journal knows who takes what along, and tells how far it has come', async () => {
  const { service, target, told, percents, files } = openExports(async (...args) => {
    expect(existsSync(target)).toBe(false);
    return written(...args);
  });
  expect(await service.export({ query }, boss)).toMatchObject({
    ok: true,
    value: { saved: { entries: 2 } },
  });
  expect(readFileSync(target, 'utf8')).toBe('whole');
  expect(files()).toEqual(['entries.csv']);
  expect(percents).toEqual([0, 50, null]);
  const content = { entries: 2, filter: { state: 'review', range: query.range }, approvedBy: null };
  expect(told).toEqual([{ event: 'noted', actor: 'manager:Boss', reason: 'exported', content }]);
});

it.each([
  [{ end: 'failed', of: 'writing', code: 'ENOSPC' }, 'export-disk-full'],
  [{ end: 'failed', of: 'writing', code: 'EACCES' }, 'file-not-saved'],
  [{ end: 'failed', of: 'reading', code: 'SQLITE_IOERR' }, 'export-failed'],
] as const)('after %j there is no file, and what was there stays', async (end, code) => {
  const { service, target, told, files } = openExports(async ({ target: file }) => {
    writeFileSync(file, 'half');
    return end;
  });
  writeFileSync(target, 'of yesterday');
  expect(await service.export({ query }, boss)).toMatchObject({
    ok: false,
    error: { code },
  });
  expect(files()).toEqual(['entries.csv']);
  expect(readFileSync(target, 'utf8')).toBe('of yesterday');
  expect(told).toEqual([]);
  expect(service.percent()).toBeNull();
});

it('without a thread says so', async () => {
  const { service, files } = openExports(() => Promise.reject(new Error('no thread')));
  expect(await service.export({ query }, boss)).toMatchObject({
    ok: false,
    error: { code: 'export-failed' },
  });
  expect(files()).toEqual([]);
});

it('one at a time; called off, or with its till closed, it leaves nothing behind', async () => {
  for (const end of ['cancel', 'stop'] as const) {
    let tellBegun = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      tellBegun = resolve;
    });
    const { service, told, files } = openExports(async ({ target }, _, callOff) => {
      writeFileSync(target, 'half');
      tellBegun();
      await new Promise((resolve) => callOff.addEventListener('abort', resolve));
      return { end: 'called-off' };
    });
    const first = service.export({ query }, boss);
    await begun;
    expect(await service.export({ query }, boss)).toMatchObject({
      ok: false,
      error: { code: 'export-running' },
    });
    await service[end]();
    expect(await first).toEqual({ ok: true, value: { saved: null } });
    expect(files()).toEqual([]);
    expect(told).toEqual([]);
  }
});

it('called off after the last entry was written, it is no export either', async () => {
  const { service, told, files } = openExports(async (...args) => {
    const end = await written(...args);
    service.cancel();
    return end;
  });
  expect(await service.export({ query }, boss)).toEqual({
    ok: true,
    value: { saved: null },
  });
  expect(files()).toEqual([]);
  expect(told).toEqual([]);
});

it('while the journal is lost nothing leaves the till', async () => {
  const { service, files } = openExports(written, { journal: null });
  expect(await service.export({ query }, boss)).toMatchObject({
    ok: false,
    error: { code: 'key-lost' },
  });
  expect(files()).toEqual([]);
});

it.each(['+65 9123 5640', '＋６５　９１２３　５６４０'])(
  'tells the journal by what was looked for, and no whole number of a phone or a card: %s',
  async (text) => {
    const { service, told } = openExports(written);
    const filter = {
      ...anything,
      text,
      least: amount('50'),
      most: amount('50'),
      tender: 'cash',
    };
    await service.export({ query: { filter, uids: ['1'], range: null, within: anyTime } }, boss);
    expect(told).toMatchObject([
      {
        content: {
          filter: { hasText: true, sumOf: 'principal', least: '50', most: '50', tender: 'cash' },
        },
      },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/9123|９１２３/);
  },
);

it('what another room writes goes the same way: a full disk is told, and nothing is left half written', async () => {
  const { service, target, told, files } = openExports(written);
  const taking = { name: 'matching.csv', content: { match: 'a day' } };
  const full = await service.take(
    {
      ...taking,
      write: async (file) => {
        writeFileSync(file, 'half');
        return { end: 'failed', of: 'writing', code: 'ENOSPC' };
      },
    },
    boss,
  );
  expect(full).toMatchObject({ ok: false, error: { code: 'export-disk-full' } });
  expect(files()).toEqual([]);
  expect(told).toEqual([]);
  const write = (file: string) => {
    writeFileSync(file, 'whole');
    return Promise.resolve({ end: 'written', entries: 4 } as const);
  };
  expect(await service.take({ ...taking, write }, boss)).toMatchObject({ value: { saved: { entries: 4 } } });
  expect(readFileSync(target, 'utf8')).toBe('whole');
  expect(told).toMatchObject([{ content: { entries: 4, match: 'a day', approvedBy: null } }]);
});
