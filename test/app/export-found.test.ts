import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportFound } from '../../main/app/export-found.ts';
import { foundInWorker } from '../../main/app/found-in-worker.ts';
import { saveConfig } from '../../main/hosts/config.ts';
import { kybio as hostProtocol } from '../../main/hosts/kybio/kybio.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import type { Progress } from '../../main/kernel/progress.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { addAmounts, amount } from '../../preload/contract/index.ts';
import { countedOf } from '../../renderer/day/find/sums.ts';
import { anyTime, anything } from '../kit/find.ts';
import { identity, openOutbox } from '../kit/outbox.ts';
import { itOnPosix } from '../kit/posix.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { recordsWorker } from '../kit/workers.ts';

const all = { filter: anything, uids: [], range: null, within: anyTime };
const own = { tillId: 'a'.repeat(16), ownEpochs: [] };
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

/** What the screen says of the same entries, and what stands below them in the file. */
const screenOf = async (outbox: ReturnType<typeof openTill>['outbox']) => {
  const { sums } = await outbox.find.sums(all, null, own);
  return countedOf(sums);
};

it('says below what the screen says, line by line, and of papers by themselves', async () => {
  const { parts, target, outbox, ...till } = openTill();
  const back = { kind: 'reversal', customerUid: '4', balanceIncrement: '-2', requestId: 'r-1' };
  till.attempt(till.add(back).id, 'applied');
  till.add({ customerUid: '6', balanceIncrement: '9', requestId: 'slip:one' });
  const asked = { query: all, own, target, isCalledOff: () => false };
  expect(exportFound(parts, asked, () => undefined)).toEqual({ end: 'written', entries: 5 });
  const below = cellsOf(readFileSync(target, 'utf8')).slice(5);
  const rowOf = (line: string) => below.find(({ state }) => state === line) ?? {};
  const screen = await screenOf(outbox);
  expect(screen).toEqual({
    ...{ entries: 5, in: '10.1', bonus: '1.5', points: '3', takenBack: '2', takenUp: '9' },
    // What waits is the ten cents and the paper.
    ...{ open: '9.1', without: 1 },
  });
  expect(rowOf('all')['sequence']).toBe(String(screen.entries));
  // The file's increments are what KYBIO was sent: with the bonus.
  expect(rowOf('taken')['balanceIncrement']).toBe(addAmounts(screen.in, screen.bonus));
  const sums = { reversed: 'takenBack', takenUp: 'takenUp' } as const;
  for (const [line, part] of [...Object.entries(sums), ['unsettled', 'open'] as const])
    expect([line, rowOf(line)['balanceIncrement']]).toEqual([line, screen[part]]);
  expect(rowOf('taken')).toMatchObject({ bonus: screen.bonus, pointIncrement: screen.points });
  expect(rowOf('cancelled')['sequence']).toBe(String(screen.without));
  expect(rowOf('net')).toMatchObject({ balanceIncrement: '9.6', bonus: '1.5', pointIncrement: '3' });
});

it('for people: in their words and the store’s time, ids as texts, the names of approvers alone, and the sums below', () => {
  const { parts, target, ...till } = openTill();
  const uid = '231607639459718452';
  till.attempt(
    till.add({
      customerUid: uid,
      customerNumber: '000123',
      customerName: '=cmd',
      requestId: 'r-9',
      terms: { ...noTerms, tender: 'cash', approvedBy: 'manager#x:Mdm Lee' } as never,
    }).id,
    'applied',
  );
  const say = {
    number: 'No',
    time: 'Entered',
    'state.confirmed': 'Done',
    'tender.cash': 'Cash',
    'line.net': 'Net',
  };
  const readable = { words: { locale: 'en', say }, storeTimeZone: 'Asia/Singapore' };
  const asked = { query: all, own, target, readable, isCalledOff: () => false };
  expect(exportFound(parts, asked, () => undefined)).toMatchObject({ end: 'written', entries: 4 });
  const text = readFileSync(target, 'utf8');
  const [entries = '', totals = ''] = text.split('\r\n\r\n');
  expect(totals).toMatch(/^Net,3,20\.1,/m);
  const [first] = cellsOf(entries);
  expect(first).toMatchObject({
    ...{ No: '4', state: 'Done', member: "'=cmd", card: "'000123", memberId: `'${uid}` },
    ...{ tender: 'Cash', approvedBy: 'Mdm Lee', paid: '10' },
  });
  expect(first?.['Entered']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(text).not.toMatch(/(^|,)\d{16,}/m);
});

it('has the newest first, phones masked, and below how many there are of each line', () => {
  const { parts, target, outbox } = openTill();
  const told: Progress[] = [];
  const asked = { query: all, own, target, isCalledOff: () => false };
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
    ['taken', '2', '11.6', '1.5'],
    ['cancelled', '1', '20', '0'],
    ['unsettled', '1', '0.1', '0'],
    ['net', '2', '11.6', '1.5'],
    ['all', '3', '', ''],
  ]);
  expect(cells.slice(3).every(({ kind }) => kind === 'sum')).toBe(true);
  expect([...outbox.all()]).toHaveLength(3);
  expect(told.at(-1)).toEqual({ done: 2, of: 3 });
});

itOnPosix('onto a full disk there is no half of a file', () => {
  const { parts, target } = openTill();
  // Takes every name, and no byte.
  symlinkSync('/dev/full', target);
  const asked = { query: all, own, target, isCalledOff: () => false };
  expect(exportFound(parts, asked, () => undefined)).toEqual({
    end: 'failed',
    of: 'writing',
    code: 'ENOSPC',
  });
  expect(lstatSync(target, { throwIfNoEntry: false })).toBeUndefined();
});

it('called off, or from no database, there is none either', () => {
  const { parts, target } = openTill();
  const asked = { query: all, own, target, isCalledOff: () => true };
  expect(exportFound(parts, asked, () => undefined)).toEqual({ end: 'called-off' });
  const nowhere = { ...parts, file: join(temporaryFolder(), 'none.db') };
  expect(exportFound(nowhere, asked, () => undefined)).toMatchObject({ end: 'failed', of: 'reading' });
  expect(existsSync(target)).toBe(false);
});

it('in a thread of its own is written as it is here, and is called off from outside', async () => {
  const { parts, target } = openTill();
  const other = `${target}.other`;
  const ask = (signal: AbortSignal, to: string) =>
    foundInWorker(recordsWorker, { file: parts.file, own, query: all, target: to }, () => undefined, signal);
  expect(await ask(new AbortController().signal, target)).toEqual({ end: 'written', entries: 3 });
  exportFound(parts, { query: all, own, target: other, isCalledOff: () => false }, () => undefined);
  expect(readFileSync(target, 'utf8')).toBe(readFileSync(other, 'utf8'));
  expect(await ask(AbortSignal.abort(), `${target}.none`)).toEqual({ end: 'called-off' });
  expect(existsSync(`${target}.none`)).toBe(false);
});
