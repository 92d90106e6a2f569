import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { ExportWorld } from '../../../main/app/world.ts';
import { match } from '../../../main/day/matching/match.ts';
import { type MatchCsv, matchCsvLines, matchFileName } from '../../../main/day/matching/match-csv.ts';
import { writeTaken } from '../../../main/day/matching/write-taken.ts';
import { meiLing, nurAisyah } from '../../../main/hosts/practice/members.ts';
import {
  amount,
  compareAmounts,
  type Entry,
  guardedActs,
  type PermissionAnswer,
  type Result,
} from '../../../preload/contract/index.ts';
import { matchWords as words } from '../../kit/match-words.ts';
import { topUp } from '../../kit/program.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { openShop, pins, type Shop, signIn } from '../../people/support.ts';
import { inputOf, ours, page, row } from './rows.ts';

const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

/** The table by the names of its columns. */
function tableOf(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = text.replace('\ufeff', '').trimEnd().split('\r\n');
  const names = head.split(',');
  const cellsOf = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
      cell.replace(/^"|"$/g, '').replaceAll('""', '"'),
    );
  return lines.map((line) => {
    const cells = cellsOf(line);
    expect(cells.length).toBeGreaterThanOrEqual(names.length);
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}

const csvOf = (input: ReturnType<typeof inputOf>, change: Partial<MatchCsv> = {}): string =>
  [
    ...matchCsvLines({
      outcome: { ...match(input), pointsOnly: 0, before: 0 },
      ...{ words, askedAt: '2026-11-27 09:00:00' },
      entryOf: () => null,
      memberOf: () => ({ name: 'Tan Mei Ling', number: '10000001', phone: '•••• 5640' }),
      ...change,
    }),
  ].join('');

it('a phone that is a name, or stands in KYBIO’s remark, is masked', () => {
  const remark = 'called from +65 9123-4567';
  const memberOf = () => ({ name: '91234567', number: '10000001', phone: '•••• 4567' });
  const entryOf = () =>
    ({ memberName: 'Tan 98765432', memberNumber: '10000001', reference: '0001' }) as Entry;
  const both = inputOf([ours()], page([row({ remark })]));
  const [line] = tableOf(csvOf(both, { memberOf, entryOf }));
  expect([line?.['member'], line?.['kybioRemark']]).toEqual(['Tan •••• 5432', 'called from •••• 4567']);
  const [only] = tableOf(csvOf(inputOf([], page([row({ remark })])), { memberOf }));
  expect([only?.['member'], only?.['kybioRemark']]).toEqual(['•••• 4567', 'called from •••• 4567']);
});

it('a tangle has a line for each of its parts, for nobody knows which row is whose', () => {
  const two = [ours(), ours({ time: '2026-11-26 10:01:00' })];
  const table = tableOf(
    csvOf(inputOf(two, page([row({ datetime: '2026-11-26 10:00:30' })]), { carriesOurTime: false })),
  );
  const tangle = table.filter(({ reason }) => reason === 'two-candidates');
  expect(tangle.map(({ item, tillTime, kybioTime }) => [item, tillTime, kybioTime])).toEqual([
    ['1', '2026-11-26 10:00:00', ''],
    ['1', '2026-11-26 10:01:00', ''],
    ['1', '', '2026-11-26 10:00:30'],
  ]);
  expect(tangle[0]?.['whatToDo']).toBe('What to do: two-candidates');
});

it('no cell is a formula, no member’s whole number is in it, and a stranger has but an id', () => {
  const lines = page([
    row({ payMethod: '=cmd()', rechargeStoreAccount: '@SUM(A1)', remark: '+1;=2' }),
    row({ customerUid: '5', rechargeMoney: '7' }),
  ]);
  const text = csvOf(inputOf([ours()], lines), {
    entryOf: () => ({ memberName: '-Tan', memberNumber: '10000001', reference: '0001' }) as Entry,
    memberOf: (uid) => (uid === '5' ? null : { name: 'Tan', number: '10000001', phone: '•••• 5640' }),
  });
  expect(text).not.toContain('10000001');
  const [matched, stranger] = tableOf(text);
  expect(matched).toMatchObject({
    ...{ member: "'-Tan", maskedNumber: '•••• 0001', maskedPhone: '•••• 5640', customerUid: '' },
    ...{ kybioPayMethod: "'=cmd()", kybioAccount: "'@SUM(A1)" },
  });
  expect(matched?.['kybioRemark']).not.toMatch(/^[+=]|;=/);
  expect(stranger).toMatchObject({ pile: 'only-kybio', customerUid: '5', member: '' });
});

it('for people: in their words, ids as texts, and the sums as they are', () => {
  const say = {
    pile: 'Group',
    'pile.matched': 'Matched',
    'pile.all': 'All',
    asked: 'Asked at',
    kybioId: 'Log ID',
  };
  const text = csvOf(inputOf([ours()], page([row()])), { readable: { locale: 'en', say } });
  const table = tableOf(text);
  expect(table[0]).toMatchObject({ Group: 'Matched' });
  expect(table.at(-1)).toMatchObject({ Group: 'Asked at' });
  expect(table.at(-2)).toMatchObject({ Group: 'All', entries: '1', rows: '1' });
  expect(table[0]).not.toHaveProperty('reason');
  expect(text).not.toMatch(/(^|,)\d{16,}/m);
});

it('the file’s name says the till and the days, and of a member nothing', () => {
  const nameOf = (ask: Parameters<typeof matchFileName>[0]) =>
    matchFileName(ask, 'Counter 2', '2026-11-28 14:02:00', true);
  expect(nameOf({ of: 'days', from: '2026-11-26', to: '2026-11-26' })).toBe('Match Counter 2 2026-11-26.csv');
  expect(nameOf({ of: 'days', from: '2026-11-01', to: '2026-11-26' })).toBe(
    'Match Counter 2 2026-11-01 to 2026-11-26.csv',
  );
  expect(nameOf({ of: 'member', customerUid: '1' })).toBe('Match Counter 2 member 2026-11-28.csv');
});

it('what is written stops where it is called off, and says what the disk or the records say', async () => {
  const target = join(temporaryFolder(), 'match.csv');
  const of = { step: () => undefined, isCalledOff: () => true, entries: 1 };
  expect(
    await writeTaken(
      target,
      Array.from({ length: 500 }, () => 'line\r\n'),
      of,
    ),
  ).toEqual({
    end: 'called-off',
  });
  expect(await writeTaken(target, [], { ...of, isCalledOff: () => false })).toMatchObject({
    ...{ end: 'failed', of: 'writing', code: 'EEXIST' },
  });
  const gone = function* (): Generator<string> {
    yield 'line\r\n';
    throw Object.assign(new Error('closed'), { code: 'SQLITE_MISUSE' });
  };
  const full = function* (): Generator<string> {
    yield 'line\r\n';
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  const small = join(temporaryFolder(), 'match.csv');
  expect(await writeTaken(small, full(), { ...of, isCalledOff: () => false })).toMatchObject({
    ...{ of: 'writing', code: 'ENOSPC' },
  });
  const other = join(temporaryFolder(), 'match.csv');
  expect(await writeTaken(other, gone(), { ...of, isCalledOff: () => false })).toMatchObject({
    ...{ end: 'failed', of: 'reading' },
  });
});

const boss = (shop: Shop) => ({ person: shop.idOf('Boss'), pin: pins.boss });
const noted = (shop: Shop, reason: string) => shop.till.session()?.ledger.journal?.noted(reason);

async function answer(shop: Shop, word: PermissionAnswer) {
  await signIn(shop, 'Boss', pins.boss);
  const acts = Object.fromEntries(guardedActs.map((act) => [act, word])) as never;
  const permissions = { acts, balanceLimit: null, pointLimit: null };
  await shop.must('people:setPermissions', { version: shop.people().version, permissions });
  await signIn(shop, 'Mei', pins.mei);
}

/** A matched day with something in three piles, and a file that a person picks whenever they are asked where. */
async function openMatched(file: string | null) {
  const exports: ExportWorld = { recordsWorker: '', place: { pick: async () => file } };
  const shop = await openShop({ exports });
  const store = shop.till.session()?.hosts.practice;
  store?.setProfile({ keepsRechargeLog: true, logCarriesDataChangeTime: true });
  await signIn(shop, 'Mei', pins.mei);
  for (const member of [meiLing, nurAisyah]) {
    await shop.must('members:find', { query: member.number });
    await shop.must('topUps:create', topUp(member, { balanceIncrement: '211.17', tender: 'cash' }));
    await shop.until(({ counts }) => counts.queued + counts.sending === 0);
  }
  store?.recharge({ customerUid: meiLing.customerUid, sum: '30.00', payMethod: 'cash', account: '=Anna' });
  const day = shop.till.snapshot().today.storeDay;
  expect(code(await shop.call('matching:export', { words, pin: boss(shop) }))).toBe('match-none');
  await shop.must('matching:start', { ask: { of: 'days', from: day, to: day }, pin: boss(shop) });
  await shop.until(({ matching }) => matching?.state === 'done');
  return { shop, store, day };
}

it('all four piles go into one file, once who takes it along is proven and noted, and add up to the ledger', async () => {
  const file = join(temporaryFolder(), 'match.csv');
  const { shop, store, day } = await openMatched(file);
  expect(code(await shop.call('matching:export', { words }))).toBe('approval-needed');
  await answer(shop, 'deny');
  expect(code(await shop.call('matching:export', { words, pin: boss(shop) }))).toBe('act-denied');
  expect(existsSync(file)).toBe(false);
  await answer(shop, 'approve');
  await shop.must('matching:export', { words, pin: boss(shop) });
  const text = readFileSync(file, 'utf8');
  expect(text.startsWith('\ufeffitem,pile,reason,')).toBe(true);
  for (const { number } of [meiLing, nurAisyah]) expect(text).not.toContain(number);
  const phone = shop.till.session()?.members.directory.byUid(meiLing.customerUid)?.phone ?? '';
  expect(phone).not.toBe('');
  expect(text).not.toContain(phone);
  const table = tableOf(text);
  expect(table.filter(({ pile, item }) => pile === 'matched' && item !== '')).toHaveLength(2);
  expect(table.find(({ tillReference }) => tillReference === '0002')).toMatchObject({
    ...{ pile: 'matched', tillState: 'confirmed', tillCashier: 'Mei', tillSum: '211.17' },
    ...{ kybioSum: '211.17', member: nurAisyah.name, whatToDo: 'What to do: same-time' },
  });
  expect(table.find(({ pile }) => pile === 'only-kybio')).toMatchObject({ kybioAccount: "'=Anna" });
  const all = table.find(({ pile, reason }) => pile === 'all' && reason === 'sum');
  const ledger = (store?.increments() ?? []).reduce((sum, one) => sum + Number(one.balanceIncrement), 0);
  expect(compareAmounts(amount(all?.['kybioSum'] ?? '0'), amount(ledger.toFixed(2)))).toBe(0);
  expect(all).toMatchObject({ entries: '2', rows: '3', tillSum: '422.34' });
  expect(noted(shop, 'exported')).toEqual({
    ...{
      entries: 3,
      match: { of: 'days', from: day, to: day },
      approvedBy: `manager#${shop.idOf('Boss')}:Boss`,
    },
  });
  expect(readdirSync(dirname(file))).toEqual(['match.csv']);
});

it('a folder that takes nothing is told, nothing is left half written, and the journal knows of nothing', async () => {
  const file = join(temporaryFolder(), 'no', 'match.csv');
  const { shop } = await openMatched(file);
  expect(code(await shop.call('matching:export', { words, pin: boss(shop) }))).toBe('file-not-saved');
  expect(existsSync(file)).toBe(false);
  expect(noted(shop, 'exported')).toBeUndefined();
});

it('the file has the sums of the day, also of an open shift, and replaces what was there as a whole', async () => {
  const file = join(temporaryFolder(), 'match.csv');
  writeFileSync(file, 'of yesterday');
  const { shop } = await openMatched(file);
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await shop.must('matching:export', { words, pin: boss(shop) });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('422.34');
  expect(text).not.toContain('of yesterday');
});
