import { describe, expect, it } from 'vitest';
import { hoursOff } from '../../../main/day/matching/summary.ts';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import type { Fault } from '../../../main/hosts/practice/types.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import type { MatchAsk, Policy } from '../../../preload/contract/index.ts';
import type { Driven } from '../../kit/driven-till.ts';
import { logs, openLosing, type World } from '../../kit/losing.ts';
import { realRandom } from '../../kit/practice-store.ts';
import {
  asked,
  begin,
  confirmed,
  day,
  listing,
  method,
  now,
  openTill,
  outcomeOf,
  readAll,
  reasonsOf,
  recharges,
  stateOf,
} from './support.ts';

async function matched(driven: Driven, ask?: MatchAsk): Promise<readonly string[]> {
  await begin(driven, ask);
  await readAll(driven);
  return reasonsOf(driven);
}

/** A host whose rows carry its own time, and a check-up that knows no better. */
const ownTime: World = { host: { keepsRechargeLog: true, logCarriesDataChangeTime: false } };

const openIn = (storeTimeZone: string, world = ownTime) =>
  openLosing(world, null, { config: { storeTimeZone } });

const until = ({ clock, pass }: Driven, time: string) => pass(Date.parse(time) - clock.nowMs());

describe('a log that is late', () => {
  it('has nothing yet, and everything minutes later', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.addFault({ fault: { kind: 'log-late', byMs: 600_000 }, method, times: 1 });
    expect(await matched(driven)).toEqual(['only-ours: silent']);
    await driven.pass(600_000);
    expect(await matched(driven)).toEqual(['matched: same-time']);
    expect(driven.till.session.day.matching.matchOf(day)?.piles.matched.entries).toBe(1);
  });

  it('has only what is older, and says of what came after that it may come yet', async () => {
    const driven = await openTill();
    await driven.till.session.members.lookUp.find(limWei.number);
    await confirmed(driven, limWei.customerUid, '20.00');
    await driven.pass(1_200_000);
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.addFault({ fault: { kind: 'log-late', byMs: 600_000 }, method, times: 1 });
    expect(await matched(driven)).toEqual(['matched: same-time', 'only-ours: after-the-log']);
    await driven.pass(600_000);
    expect(await matched(driven)).toEqual(['matched: same-time', 'matched: same-time']);
  });
});

describe('a log that is cut off', () => {
  it('in the middle of a reply is asked for again from there, and nothing is told of it before', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    recharges(driven, 250);
    await begin(driven);
    await driven.drive(() => (now(driven)?.job.pages ?? 0) === 1);
    driven.store.addFault({ fault: { kind: 'truncate' }, method, times: 1 });
    await driven.drive(() => (now(driven)?.job.failures ?? 0) === 1);
    expect(await driven.till.session.day.matching.outcome()).toBeNull();
    expect(driven.till.session.day.matching.matchOf(day)).toBeNull();
    await readAll(driven);
    expect(asked(driven.store)).toHaveLength(4);
    const reasons = await reasonsOf(driven);
    expect(reasons.filter((reason) => reason === 'matched: same-time')).toHaveLength(1);
    expect(reasons.filter((reason) => reason === 'only-kybio: elsewhere')).toHaveLength(250);
  });

  it('in every reply is given up, and no entry is told to be missing', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.addFault({ fault: { kind: 'truncate' }, method });
    await begin(driven);
    await readAll(driven);
    expect(['stopped', 'failed']).toContain(stateOf(driven));
    expect(await driven.till.session.day.matching.outcome()).toBeNull();
    expect(driven.till.session.day.matching.matchOf(day)).toBeNull();
    driven.store.clearFaults();
    expect(await matched(driven)).toEqual(['matched: same-time']);
  });

  it('after a page that is too short says so of what came later, and has it the next time', async () => {
    const driven = await openTill();
    recharges(driven, 150);
    await driven.pass(60_000);
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.addFault({ fault: { kind: 'log-cut', rows: 99 }, method, times: 1 });
    expect((await matched(driven)).filter((reason) => reason.startsWith('only-ours'))).toEqual([
      'only-ours: after-the-log',
    ]);
    expect((await matched(driven)).filter((reason) => reason.startsWith('matched'))).toHaveLength(1);
  });
});

describe('a log that rounds', () => {
  it.each([
    ['10.50', { kind: 'log-decimals', decimals: 0, by: 'cut' }, 'SGD'],
    ['10.55', { kind: 'log-decimals', decimals: 1, by: 'half-up' }, 'SGD'],
    ['10.005', { kind: 'log-decimals', decimals: 2, by: 'half-up' }, 'KWD'],
  ] as const)('%s by %j is neither matched nor missing: somebody looks', async (sum, fault, currency) => {
    const driven = await openLosing({ host: listing, proven: logs }, null, { config: { currency } });
    await confirmed(driven, meiLing.customerUid, sum);
    driven.store.addFault({ fault: fault satisfies Fault, method });
    expect(await matched(driven)).toEqual(['unclear: sum-differs']);
  });

  it('what it writes with other decimals is the same sum', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '10.5');
    driven.store.setProfile({ amountsAsStrings: true });
    expect(await matched(driven)).toEqual(['matched: same-time']);
  });
});

describe('a log of another time zone', () => {
  it('is told at the day’s boundary too: the row lies on the day before', async () => {
    // The host writes Singapore's time, an hour behind the store's.
    const driven = await openIn('Asia/Tokyo');
    await until(driven, '2026-01-15T15:30:00Z');
    await confirmed(driven, meiLing.customerUid, '50.00');
    expect(await matched(driven, { of: 'days', from: '2026-01-16', to: '2026-01-16' })).toEqual([
      'unclear: hours-off',
    ]);
    expect(hoursOff((await outcomeOf(driven)).matches)).toBe(-1);
    // To the day before it is no row that nobody knows of.
    expect(await matched(driven, { of: 'days', from: '2026-01-15', to: '2026-01-15' })).toEqual([]);
  });

  it('so far away that the row is not among the day’s is no proof, and two days tell by how much', async () => {
    const driven = await openIn('Europe/London');
    await until(driven, '2026-01-15T20:00:00Z');
    await confirmed(driven, meiLing.customerUid, '50.00');
    expect(await matched(driven)).toEqual(['only-ours: silent']);
    await until(driven, '2026-01-16T09:00:00Z');
    expect(await matched(driven, { of: 'days', from: day, to: '2026-01-16' })).toEqual([
      'unclear: hours-off',
    ]);
    expect(hoursOff((await outcomeOf(driven)).matches)).toBe(8);
  });
});

describe('two equal top-ups of one member in one minute, of which the log has one', () => {
  const policy: Partial<Policy> = { repeatWithinMs: 0 };
  const twice = async (driven: Driven) => {
    await confirmed(driven, meiLing.customerUid, '50.00');
    await driven.pass(2_000);
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.addFault({ fault: { kind: 'log-cut', rows: 1 }, method, times: 1 });
  };

  it('are told apart by their second where rows carry it', async () => {
    const driven = await openTill(listing, policy);
    await twice(driven);
    expect(await matched(driven)).toEqual(['matched: same-time', 'only-ours: after-the-log']);
    expect(await matched(driven)).toEqual(['matched: same-time', 'matched: same-time']);
  });

  it('are both unclear where nobody knows whose it is', async () => {
    const driven = await openLosing({ ...ownTime, policy }, null);
    await twice(driven);
    expect(await matched(driven)).toEqual(['unclear: two-candidates']);
    const [one] = (await outcomeOf(driven)).matches;
    expect([one?.entries.length, one?.lines.length]).toEqual([2, 1]);
    // The host's own time is the same second here.
    expect(await matched(driven)).toEqual(['matched: same-time', 'matched: same-time']);
  });
});

describe('what is no plain top-up', () => {
  it('is matched as well: a reversal has a row of its own, below nought', async () => {
    const driven = await openTill();
    const id = await confirmed(driven, meiLing.customerUid, '50.00');
    await driven.pass(5_000);
    const reversal = driven.till.session.counter.topUps.reverse(id, realRandom.uuid(), theManager);
    if (!reversal.ok) throw new Error(reversal.error.code);
    driven.till.session.sending.loop.wake();
    await driven.drive(() => driven.till.session.ledger.outbox.counts().confirmed === 2);
    expect(await matched(driven)).toEqual(['matched: same-time', 'matched: same-time']);
    const { piles } = driven.till.session.day.matching.matchOf(day) ?? {};
    expect(piles?.matched).toEqual({ entries: 2, ours: '0', rows: 2, kybio: '0' });
  });

  it('is counted and left out: an award of points alone, of which the log says nothing', async () => {
    const driven = await openTill();
    const { id } = driven.till.topUp(meiLing.customerUid, '0', '5');
    await driven.drive(() => driven.till.session.ledger.outbox.byId(id)?.state === 'confirmed');
    expect(await matched(driven)).toEqual([]);
    expect((await outcomeOf(driven)).pointsOnly).toBe(1);
  });

  it('stays the member’s whose card and name were changed since', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    driven.store.setMember(meiLing.customerUid, { number: 'FUN0001', name: 'Tan M. L.' });
    await driven.till.session.members.lookUp.find('FUN0001');
    expect(await matched(driven)).toEqual(['matched: same-time']);
  });

  it('is nobody’s guess where the card was merged into another, under whose id the row stands', async () => {
    const driven = await openTill();
    await confirmed(driven, meiLing.customerUid, '50.00');
    const fault: Fault = { kind: 'log-merged', from: meiLing.customerUid, into: limWei.customerUid };
    driven.store.addFault({ fault, method });
    expect(await matched(driven)).toEqual(['only-kybio: elsewhere', 'only-ours: silent']);
  });

  it('is only KYBIO’s: what another till and the back office made', async () => {
    const driven = await openTill();
    const other = await driven.fresh({ config: { tillName: 'Counter 2', tillNumber: 2, tillCount: 2 } });
    other.till.session.start();
    await other.till.session.members.lookUp.find(limWei.number);
    await confirmed(other, limWei.customerUid, '20.00');
    driven.store.recharge({ customerUid: meiLing.customerUid, sum: '3.00', account: 'Anna' });
    await confirmed(driven, meiLing.customerUid, '50.00');
    const reasons = await matched(driven);
    expect(reasons).toEqual(['matched: same-time', 'only-kybio: elsewhere', 'only-kybio: elsewhere']);
  });
});

it('calls that are kept for top-ups are theirs also where the budget ends in the middle', async () => {
  const driven = await openTill();
  recharges(driven, 220);
  await begin(driven);
  await driven.drive(() => (now(driven)?.job.pages ?? 0) === 1);
  const {
    hosts: { meter },
    counter: { policy },
  } = driven.till.session;
  while (meter.usedToday() < 6) meter.count('look-up');
  const used = meter.usedToday();
  policy.save({ ...policy.current(), callsPerDay: 10 }, theManager);
  await driven.drive(() => now(driven)?.held === 'budget');
  expect(meter.usedToday()).toBe(used);
  await confirmed(driven, meiLing.customerUid, '50.00');
  expect(meter.usedToday()).toBe(used + 1);
  expect(asked(driven.store)).toHaveLength(1);
});

it('what the day’s report shows is kept anew where the program ended right after the last page', async () => {
  const driven = await openTill();
  await confirmed(driven, meiLing.customerUid, '50.00');
  await matched(driven);
  driven.till.session.kernel.settings.remove('matching.days');
  const second = await driven.restart();
  expect(second.till.session.day.matching.matchOf(day)).toBeNull();
  second.till.session.start();
  await second.till.session.day.matching.daysStored();
  expect(second.till.session.day.matching.matchOf(day)).toMatchObject({
    ...{ by: 'Boss', piles: { matched: { entries: 1 } } },
  });
});
