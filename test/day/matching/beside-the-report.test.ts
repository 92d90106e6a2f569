import { expect, it } from 'vitest';
import { meiLing, practiceMembers } from '../../../main/hosts/practice/members.ts';
import { type Amount, amount, type MatchAsk, matchPiles } from '../../../preload/contract/index.ts';
import { anything } from '../../kit/find.ts';
import { topUp } from '../../kit/program.ts';
import { openShop, pins, type Shop, signIn } from '../../people/support.ts';

const float = '137.31';
const inCash = ['211.17', '98.43'];
/** Taken in cash, that with the float, and with what was paid by card: each tells what is to be in the drawer. */
const tainted = ['309.6', '446.91', '364.65'];

const hasTaint = (value: unknown): readonly string[] =>
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
const yesterday = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

async function match(shop: Shop, from: string, to = from): Promise<void> {
  const ask: MatchAsk = { of: 'days', from, to };
  const before = shop.till.snapshot().matching?.startedAtMs ?? 0;
  await shop.must('matching:start', { ask, pin: boss(shop) });
  await shop.until(({ matching }) => matching?.state === 'done' && matching.startedAtMs > before);
}

const pile = async (shop: Shop, of: (typeof matchPiles)[number]) =>
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

it('while the open shift is to be counted blind, no sum of its days crosses the bridge', async () => {
  const shop = await openTrading();
  const day = today(shop);
  const from = shop.pushed.length;
  await match(shop, yesterday(day), day);
  const told = async () => {
    const found = await Promise.all(matchPiles.map((of) => pile(shop, of)));
    return {
      found,
      summary: found[0]?.summary,
      report: await shop.must('matching:ofShift', { number: null }),
    };
  };
  const blind = await told();
  expect(hasTaint([blind, shop.pushed.slice(from), shop.till.snapshot()])).toEqual([]);
  // How many there are is told, and what each of them is.
  expect(blind.summary?.piles.matched).toEqual({ entries: 3, rows: 3, ours: null, kybio: null });
  expect(blind.summary?.all).toEqual({ entries: 3, rows: 3, ours: null, kybio: null });
  expect(blind.found[0]?.items.map(({ entries }) => entries[0]?.balanceIncrement).sort()).toEqual(
    ['211.17', '55.05', '98.43'].sort(),
  );
  // A member’s log holds some of the same entries.
  const first = practiceMembers[0]?.customerUid ?? '';
  const ask: MatchAsk = { of: 'member', customerUid: first };
  await shop.must('matching:start', { ask, pin: boss(shop) });
  await shop.until(({ matching }) => matching?.ask.of === 'member' && matching.state === 'done');
  expect((await pile(shop, 'matched'))?.summary.all.ours).toBeNull();
  // Days without entries of the open shift are shown whole.
  await match(shop, yesterday(day));
  const sums: readonly (Amount | null | undefined)[] = [
    (await pile(shop, 'matched'))?.summary.piles.matched.ours,
    (await pile(shop, 'matched'))?.summary.all.kybio,
  ];
  expect(sums).toEqual(['0', '0']);

  await match(shop, day);
  await shop.must('shifts:beginCount', {});
  expect(hasTaint(await told())).toEqual([]);
  await shop.must('shifts:commitCount', {
    count: { pieces: [{ value: amount('0.01'), pieces: 44_691 }], tenders: [] },
  });
  // From here on it is told: the control of this test itself.
  expect((await told()).summary?.piles.matched).toMatchObject({ ours: '364.65', kybio: '364.65' });
});

it('what was entered between two shifts is cash of the next, and no sum of its day is told', async () => {
  const shop = await openTrading();
  const day = today(shop);
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', {
    count: { pieces: [{ value: amount('0.01'), pieces: 44_691 }], tenders: [] },
  });
  await shop.must('shifts:close', { reason: null });
  await match(shop, day);
  expect((await pile(shop, 'matched'))?.summary.all.ours).toBe('364.65');
  await take(shop, ['41.17'], 'cash', practiceMembers.slice(3));
  await match(shop, yesterday(day), day);
  expect((await pile(shop, 'matched'))?.summary.all).toMatchObject({ entries: 4, ours: null, kybio: null });
  await match(shop, yesterday(day));
  expect((await pile(shop, 'matched'))?.summary.all.ours).toBe('0');
});

it('where the shop does not count blind, or never opened a shift, all sums are told', async () => {
  const unused = await openShop();
  await signIn(unused, 'Mei', pins.mei);
  await take(unused, inCash, 'cash');
  const told = await unused.must('find:sums', { filter: { ...anything, tender: 'cash' }, before: null });
  expect(told).toMatchObject({ leftOut: 0, sums: [{ balance: '309.6' }] });

  const shop = await openTrading();
  await match(shop, today(shop));
  expect((await pile(shop, 'matched'))?.summary.all.ours).toBeNull();
  const { policy } = await shop.must('policy:get', {});
  await shop.must('policy:save', { policy: { ...policy, blindCount: false }, pin: boss(shop) });
  expect((await pile(shop, 'matched'))?.summary.all.ours).toBe('364.65');
});
