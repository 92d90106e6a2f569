import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import { addDays } from '../../../main/kernel/store-time.ts';
import { amount, type ChannelName, type MatchAsk } from '../../../preload/contract/index.ts';
import { matchWords as words } from '../../kit/match-words.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { openShop, pins, type Shop, signIn } from '../../people/support.ts';

const daysOf = (from: string, to = from): MatchAsk => ({ of: 'days', from, to });

const sessionOf = (shop: Shop) => {
  const session = shop.till.session();
  if (session === null) throw new Error('no till is open');
  return session;
};

/** Straight to the room: nothing comes between a question and what is begun right after it. */
async function asked(shop: Shop, name: ChannelName, args: object): Promise<unknown> {
  const { rooms } = sessionOf(shop);
  const handler = handlerIn(rooms, name);
  if (handler === undefined) throw new Error(`nobody answers ${name}`);
  return handler(args, theManager);
}

async function matched(shop: Shop, ask: MatchAsk): Promise<void> {
  expect(sessionOf(shop).day.matching.begin(ask, null)).toMatchObject({ ok: true });
  await shop.until(({ matching }) => matching?.state === 'done');
  await sessionOf(shop).day.matching.daysStored();
}

/** A day on which the back office credited 30.00, which is matched. */
async function openMatched(file: string) {
  const shop = await openShop({ exports: { recordsWorker: '', place: { pick: async () => file } } });
  const {
    hosts: { practice },
  } = sessionOf(shop);
  practice?.setProfile({ keepsRechargeLog: true, logCarriesDataChangeTime: true });
  await signIn(shop, 'Mei', pins.mei);
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await shop.must('members:find', { query: meiLing.number });
  practice?.recharge({ customerUid: meiLing.customerUid, sum: '30.00' });
  const day = shop.till.snapshot().today.storeDay;
  await matched(shop, daysOf(day));
  return { shop, day, yesterday: addDays(day, -1) };
}

const pile = { pile: 'only-kybio', from: 0 } as const;

it('a pile that is asked for as another match begins is never told by that one’s days', async () => {
  const { shop, day, yesterday } = await openMatched(join(temporaryFolder(), 'match.csv'));
  const {
    day: { matching },
  } = sessionOf(shop);
  const { found } = await shop.must('matching:pile', pile);
  expect(found?.summary.all).toEqual({ entries: 0, rows: 1, ours: '0', kybio: '30' });

  const asNext = asked(shop, 'matching:pile', pile);
  expect(matching.begin(daysOf(yesterday), null)).toMatchObject({ ok: true });
  expect(await asNext).toEqual({ ok: true, value: { found: null } });
  await shop.until(({ matching: now }) => now?.state === 'done');
  const ofYesterday = (await shop.must('matching:pile', pile)).found;
  expect(ofYesterday?.summary.all).toEqual({ entries: 0, rows: 0, ours: '0', kybio: '0' });

  // The same the other way round: what came before is over as soon as the next one begins.
  const before = asked(shop, 'matching:pile', pile);
  await matched(shop, daysOf(day));
  expect(await before).toEqual({ ok: true, value: { found: null } });
});

it('nor is a file of it written: who asks again gets the days that are matched by then', async () => {
  const file = join(temporaryFolder(), 'match.csv');
  const { shop, day, yesterday } = await openMatched(file);
  const asNext = asked(shop, 'matching:export', { words });
  expect(sessionOf(shop).day.matching.begin(daysOf(yesterday), null)).toMatchObject({ ok: true });
  expect(await asNext).toMatchObject({ ok: false, error: { code: 'match-none' } });
  expect(existsSync(file)).toBe(false);

  await shop.until(({ matching }) => matching?.state === 'done');
  await matched(shop, daysOf(day));
  expect(await asked(shop, 'matching:export', { words })).toMatchObject({ ok: true });
  const sums = readFileSync(file, 'utf8')
    .split('\r\n')
    .filter((line) => line.includes(',sum,'));
  expect(sums).toHaveLength(5);
  expect(sums.filter((line) => line.includes(',30,'))).toHaveLength(2);
});
