import { expect, it } from 'vitest';
import { meiLing, practiceMembers } from '../../../main/hosts/practice/members.ts';
import { amount, type MatchAsk, type matchPiles } from '../../../preload/contract/index.ts';
import { topUp } from '../../kit/program.ts';
import { openShop, pins, type Shop, signIn } from '../../people/support.ts';

const float = '137.31';
const inCash = ['211.17', '98.43'];
/** Taken in cash, that with the float, and with what was paid by card: each tells what is to be in the drawer. */
const tainted = ['309.6', '446.91', '364.65'];

const _hasTaint = (value: unknown): readonly string[] =>
  tainted.filter((sum) =>
    new RegExp(`(?<![\\d.])-?${sum.replace('.', '\\.')}0*(?!\\d)`).test(JSON.stringify(value)),
  );

const boss = (shop: Shop) => ({ person: shop.idOf('Boss'), pin: pins.boss });

async function take(
  shop: Shop,
  sums: readonly string[],
  tender: string,
  members = practiceMembers,
): Promise<void> {
  for (const [at, balanceIncrement] of sums.entries()) {
    const member = members[at] ?? meiLing;
    await shop.must('members:find', { query: member.number });
    await shop.must('topUps:create', topUp(member, { balanceIncrement, tender }));
  }
  await shop.until(({ counts }) => counts.queued + counts.sending === 0);
}

/** A shop that counts blind, with a shift open, whose log lists what programs do. */
async function openTrading(): Promise<Shop> {
  const shop = await openShop();
  shop.till.session()?.hosts.practice?.setProfile({ keepsRechargeLog: true, logCarriesDataChangeTime: true });
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('shifts:open', { float: amount(float), drawer: 'own' });
  await take(shop, inCash, 'cash');
  await take(shop, ['55.05'], 'card', practiceMembers.slice(2));
  return shop;
}

const today = (shop: Shop): string => shop.till.snapshot().today.storeDay;
const _yesterday = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

async function match(shop: Shop, from: string, to = from): Promise<void> {
  const ask: MatchAsk = { of: 'days', from, to };
  const before = shop.till.snapshot().matching?.startedAtMs ?? 0;
  await shop.must('matching:start', { ask, pin: boss(shop) });
  await shop.until(({ matching }) => matching?.state === 'done' && matching.startedAtMs > before);
}

const _pile = async (shop: Shop, of: (typeof matchPiles)[number]) =>
  (await shop.must('matching:pile', { pile: of, from: 0 })).found;

it('a shift’s report has beside it whether its days were matched, by whom and with what result', async () => {
  const shop = await openTrading();
  const day = today(shop);
  expect(await shop.must('matching:ofShift', { number: null })).toEqual({
    days: [{ day, match: null }],
    more: 0,
    isPossible: true,
  });
  const store = shop.till.session()?.hosts.practice;
  store?.recharge({ customerUid: meiLing.customerUid, sum: '30.00', payMethod: 'cash', account: 'Anna' });
  await match(shop, day);
  const none = { entries: 0, rows: 0 };
  const matched = {
    ...{ askedAtMs: expect.any(Number), by: 'Boss', isWhole: false },
    piles: {
      ...{ matched: { entries: 3, rows: 3 }, 'only-ours': none },
      ...{ 'only-kybio': { entries: 0, rows: 1 }, unclear: none },
    },
  };
  expect(await shop.must('matching:ofShift', { number: null })).toEqual({
    days: [{ day, match: matched }],
    more: 0,
    isPossible: true,
  });

  // What is frozen at the close knows nothing of it, and does not change by it.
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', {
    count: { pieces: [{ value: amount('0.01'), pieces: 44_691 }], tenders: [] },
  });
  await shop.must('shifts:close', { reason: null });
  const frozen = await shop.must('shifts:report', { number: 1 });
  expect(JSON.stringify(frozen)).not.toMatch(/match|only-ours|Anna/);
  store?.recharge({ customerUid: meiLing.customerUid, sum: '4.00' });
  await match(shop, day);
  expect(await shop.must('matching:ofShift', { number: 1 })).toMatchObject({
    days: [{ match: { piles: { 'only-kybio': { rows: 2 } } } }],
  });
  expect(await shop.must('shifts:report', { number: 1 })).toEqual(frozen);
  expect(await shop.call('matching:ofShift', { number: null })).toMatchObject({
    error: { code: 'shift-none' },
  });
  expect(await shop.call('matching:ofShift', { number: 7 })).toMatchObject({
    error: { code: 'shift-not-found' },
  });
  // A shift without entries has its business day.
  await shop.must('shifts:open', { float: amount('0'), drawer: 'own' });
  expect((await shop.must('matching:ofShift', { number: null })).days).toMatchObject([
    { day, match: { by: 'Boss' } },
  ]);
});
