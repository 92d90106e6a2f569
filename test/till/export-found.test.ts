import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hostProtocol } from '../../main/compose.ts';
import { createSettings } from '../../main/database/settings-repository.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { noTerms } from '../../main/outbox/entry-terms.ts';
import type { Progress } from '../../main/progress.ts';
import { saveConfig } from '../../main/till/config.ts';
import { exportFound } from '../../main/till/export-found.ts';
import { foundInWorker } from '../../main/till/found-in-worker.ts';
import { amount } from '../../preload/contract/index.ts';
import { anyTime, anything } from '../kit/find.ts';
import { identity, openOutbox } from '../kit/outbox.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';

const account = { accountHost: identity.accountHost, accountAppId: identity.accountAppId };
const all = { filter: anything, uids: [], range: null, within: anyTime };
const uid = '231607639459718452';

function openTill() {
  const till = openOutbox();
  saveConfig(createSettings(till.db), {
    ...{ host: identity.accountHost, appId: identity.accountAppId, tillName: 'Counter 1' },
    ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en', tillNumber: 1, tillCount: 1 },
  });
  createDirectoryRepository(till.db).keep(
    {
      ...{ customerUid: uid, number: '8008010001', name: 'Tan Mei Ling', categoryName: 'Gold' },
      ...{ phone: '91235640', balance: amount('1'), point: amount('1'), enable: 1, expiryDate: null },
    },
    0,
    false,
  );
  const terms = { ...noTerms, bonus: amount('1.50') } as never;
  till.attempt(till.add({ balanceIncrement: '11.50', terms }).id, 'applied');
  till.attempt(till.add({ customerUid: '2', balanceIncrement: '20' }).id, 'rejected');
  till.add({ customerUid: '3', balanceIncrement: '0.10', pointIncrement: '3' });
  const parts = { file: till.file, clock: realClock, random: realRandom, protocol: hostProtocol };
  return { ...till, parts, target: join(temporaryFolder(), 'found.csv') };
}

const cellsOf = (text: string) => {
  const [head = '', ...lines] = text.replace('\ufeff', '').trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(cells.map((cell, at) => [names[at], cell]));
  });
};

it('has the newest first, phones masked, and below how many of each state add up to what', () => {
  const { parts, target, outbox } = openTill();
  const told: Progress[] = [];
  const asked = { query: all, account, target, hasSums: true, isCalledOff: () => false };
  expect(exportFound(parts, asked, (one) => void told.push(one))).toEqual({ end: 'written', entries: 3 });
  const cells = cellsOf(readFileSync(target, 'utf8'));
  expect(cells.slice(0, 3).map(({ sequence, maskedPhone }) => [sequence, maskedPhone])).toEqual([
    ['3', ''],
    ['2', ''],
    ['1', '•••• 5640'],
  ]);
  const sums = cells
    .slice(3)
    .map((row) => [row['state'], row['sequence'], row['balanceIncrement'], row['bonus']]);
  expect(sums).toEqual([
    ['queued', '1', '0.1', '0'],
    ['confirmed', '1', '11.5', '1.5'],
    ['rejected', '1', '20', '0'],
    ['all', '3', '31.6', '1.5'],
  ]);
  expect(cells.slice(3).every(({ kind }) => kind === 'sum')).toBe(true);
  expect([...outbox.all()]).toHaveLength(3);
  expect(told.at(-1)).toEqual({ done: 2, of: 3 });
});

it('of a shift that is counted blind it says how many there are, and no sum', () => {
  const { parts, target } = openTill();
  const asked = { query: all, account, target, hasSums: false, isCalledOff: () => false };
  expect(exportFound(parts, asked, () => undefined)).toMatchObject({ end: 'written' });
  const sums = cellsOf(readFileSync(target, 'utf8')).slice(3);
  expect(sums.map((row) => [row['state'], row['sequence'], row['balanceIncrement'], row['bonus']])).toEqual([
    ...[
      ['queued', '1', '', ''],
      ['confirmed', '1', '', ''],
      ['rejected', '1', '', ''],
      ['all', '3', '', ''],
    ],
  ]);
});

it('onto a full disk there is no half of a file', () => {
  const { parts, target } = openTill();
  // Takes every name, and no byte.
  symlinkSync('/dev/full', target);
  const asked = { query: all, account, target, hasSums: true, isCalledOff: () => false };
  expect(exportFound(parts, asked, () => undefined)).toEqual({
    end: 'failed',
    of: 'writing',
    code: 'ENOSPC',
  });
  expect(lstatSync(target, { throwIfNoEntry: false })).toBeUndefined();
});

it('called off, or from no database, there is none either', () => {
  const { parts, target } = openTill();
  const asked = { query: all, account, target, hasSums: true, isCalledOff: () => true };
  expect(exportFound(parts, asked, () => undefined)).toEqual({ end: 'called-off' });
  const nowhere = { ...parts, file: join(temporaryFolder(), 'none.db') };
  expect(exportFound(nowhere, asked, () => undefined)).toMatchObject({ end: 'failed', of: 'reading' });
  expect(existsSync(target)).toBe(false);
});

it('in a thread of its own is written as it is here, and is called off from outside', async () => {
  const { parts, target } = openTill();
  const worker = join(import.meta.dirname, '../../main/compose-worker.ts');
  const other = `${target}.other`;
  const ask = (signal: AbortSignal, to: string) =>
    foundInWorker(
      worker,
      { file: parts.file, account, query: all, target: to, hasSums: true },
      () => undefined,
      signal,
    );
  expect(await ask(new AbortController().signal, target)).toEqual({ end: 'written', entries: 3 });
  exportFound(
    parts,
    { query: all, account, target: other, hasSums: true, isCalledOff: () => false },
    () => undefined,
  );
  expect(readFileSync(target, 'utf8')).toBe(readFileSync(other, 'utf8'));
  expect(await ask(AbortSignal.abort(), `${target}.none`)).toEqual({ end: 'called-off' });
  expect(existsSync(`${target}.none`)).toBe(false);
});
