import { describe, expect, it } from 'vitest';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';

const HOUR_MS = 3_600_000;
/** In no table, with a count that is another one each time a real host says it. */
const unknownWords = '额度不足，请明日再来';
const people = practiceMembers
  .filter(({ enable, expiryDate, name }) => enable === 1 && expiryDate === null && name !== '')
  .slice(0, 30);

const states = ({ till }: Driven) => [...till.session.ledger.outbox.all()].map(({ state }) => state);
const reasons = ({ till }: Driven) => till.session.hosts.link.state.pauses.map(({ reason }) => reason);
const balances = ({ store }: Driven) => people.map(({ customerUid }) => store.member(customerUid).balance);

/** A till that knows its members; what it calls from then on counts. */
async function openKnowing(options: Parameters<typeof openDrivenTill>[1] = {}) {
  const driven = await openDrivenTill({}, { members: people, ...options });
  const { session } = driven.till;
  session.counter.policy.save({ ...session.counter.policy.current(), repeatWithinMs: 0 }, theManager);
  session.start();
  await driven.drive(() => session.members.directory.count() >= people.length);
  await driven.settle();
  const { length } = driven.store.calls();
  return { driven, callsSince: () => driven.store.calls().slice(length) };
}

/** From now on the account's calls are used up, until the host's day ends. */
const useUp = ({ store }: Driven, quotaWords?: string) =>
  store.setProfile({ dailyCalls: 0, ...(quotaWords === undefined ? {} : { quotaWords }) });
const comeFree = ({ store }: Driven) => store.setProfile({ dailyCalls: null });

const topUps = ({ till }: Driven, count: number) =>
  people.slice(0, count).map(({ customerUid }) => till.topUp(customerUid, '10.00'));
const gained = (driven: Driven, before: readonly string[]) =>
  balances(driven).map((balance, at) => Math.round(Number(balance) - Number(before[at])));

describe('calls that are refused in words that nobody knows', () => {
  it('hold the queue after the first answer, and cost at most four calls an hour', async () => {
    const { driven, callsSince } = await openKnowing();
    useUp(driven, unknownWords);
    topUps(driven, 3);
    await driven.settle();
    await driven.pass(60_000);
    expect(callsSince().filter(({ method }) => method === 'updateBalancePointByIncrement')).toHaveLength(1);
    expect(callsSince().length).toBeLessThanOrEqual(8);
    expect(reasons(driven)).toEqual(['unanswered']);
    await driven.pass(15 * HOUR_MS);
    expect(callsSince().length).toBeLessThanOrEqual(15 + 15 * 4);
    expect(callsSince().length).toBeGreaterThanOrEqual(15);
    expect(states(driven)).toEqual(['unknown', 'queued', 'queued']);
  });

  it('put nothing before a manager and refuse nothing while they last', async () => {
    const { driven } = await openKnowing();
    useUp(driven, unknownWords);
    topUps(driven, 3);
    await driven.pass(12 * HOUR_MS);
    expect(states(driven)).toEqual(['unknown', 'queued', 'queued']);
  });

  it('are noticed to come free within the hour, and what waits goes once each', async () => {
    const { driven } = await openKnowing();
    const before = balances(driven);
    useUp(driven, unknownWords);
    topUps(driven, 3);
    await driven.pass(5 * HOUR_MS);
    comeFree(driven);
    await driven.drive(
      () => states(driven).filter((state) => state === 'confirmed').length === 2,
      HOUR_MS + 300_000,
    );
    expect(reasons(driven)).toEqual([]);
    await driven.pass(2 * HOUR_MS);
    expect(gained(driven, before).slice(0, 3)).toEqual([0, 10, 10]);
    expect(states(driven)).toEqual(['review', 'confirmed', 'confirmed']);
  });

  it('put no backlog before a manager at a start', async () => {
    const { driven } = await openKnowing();
    await driven.store.setPlug(false);
    topUps(driven, 3);
    await driven.pass(2 * HOUR_MS);
    useUp(driven, unknownWords);
    await driven.store.setPlug(true);
    const again = await driven.restart();
    again.till.session.start();
    const { length } = again.store.calls();
    await again.pass(10 * HOUR_MS);
    expect(states(again)).toEqual(['queued', 'queued', 'queued']);
    expect(again.store.calls().length - length).toBeLessThanOrEqual(15 + 10 * 4);
    comeFree(again);
    await again.drive(() => states(again).every((state) => state === 'confirmed'), 2 * HOUR_MS);
  });

  it('of one member alone hold nobody else', async () => {
    const { driven } = await openKnowing();
    driven.store.addFault({
      fault: { kind: 'error', messages: ['this card is frozen'], when: 'before' },
      method: 'updateBalancePointByIncrement',
      times: 1,
    });
    topUps(driven, 3);
    await driven.drive(() => states(driven).filter((state) => state === 'confirmed').length === 2, HOUR_MS);
    expect(states(driven)[0]).not.toBe('confirmed');
    expect(reasons(driven)).toEqual([]);
  });
});

describe('a quota in known words', () => {
  it('that ends at the host’s midnight is noticed within a quarter of an hour by a till of another zone', async () => {
    // The host's day is Singapore's; it is past noon there.
    const { driven } = await openKnowing({ config: { storeTimeZone: 'Europe/London' } });
    for (let card = 0; card < 20; card += 1) await driven.till.session.members.lookUp.find(`NOBODY ${card}`);
    const { length } = driven.store.calls();
    driven.store.setProfile({ dailyCalls: length });
    topUps(driven, 2);
    await driven.settle();
    await driven.pass(60_000);
    expect(reasons(driven)).toEqual(['quota']);
    const untilMidnightMs = Date.parse('2026-01-16T00:00:00+08:00') - driven.clock.nowMs();
    await driven.pass(untilMidnightMs - 60_000);
    expect(states(driven)).toEqual(['queued', 'queued']);
    expect(driven.store.calls().length - length).toBeLessThanOrEqual(
      1 + 4 * Math.ceil(untilMidnightMs / HOUR_MS),
    );
    await driven.drive(() => states(driven).every((state) => state === 'confirmed'), HOUR_MS);
  });

  it('that is reached in the midst of a backlog leaves nothing to a manager', async () => {
    const { driven } = await openKnowing();
    const before = balances(driven);
    await driven.store.setPlug(false);
    topUps(driven, people.length);
    await driven.pass(600_000);
    driven.store.setProfile({ dailyCalls: driven.store.calls().length + 5 });
    await driven.store.setPlug(true);
    driven.till.session.sending.loop.networkChanged();
    await driven.drive(() => reasons(driven).includes('quota'), HOUR_MS);
    await driven.pass(3 * HOUR_MS);
    expect(states(driven).filter((state) => state === 'unknown' || state === 'review')).toEqual([]);
    comeFree(driven);
    await driven.drive(() => states(driven).every((state) => state === 'confirmed'), 3 * HOUR_MS);
    expect(new Set(gained(driven, before))).toEqual(new Set([10]));
  });

  it('leaves a lost reply for when calls come free', async () => {
    const { driven } = await openKnowing();
    driven.store.addFault({
      fault: { kind: 'drop', when: 'before' },
      method: 'updateBalancePointByIncrement',
      times: 1,
    });
    topUps(driven, 1);
    await driven.drive(() => states(driven)[0] === 'unknown', 60_000);
    useUp(driven);
    await driven.pass(4 * HOUR_MS);
    expect(states(driven)).toEqual(['unknown']);
    expect(reasons(driven)).toContain('quota');
  });
});

it('“Send now” asks at most once a minute', async () => {
  const { driven, callsSince } = await openKnowing();
  useUp(driven);
  topUps(driven, 1);
  await driven.settle();
  const { length } = callsSince();
  await driven.pass(60_000);
  for (let press = 0; press < 5; press += 1) {
    driven.till.session.sending.loop.hurry();
    await driven.pass(1_000);
  }
  expect(callsSince().length).toBe(length + 1);
  comeFree(driven);
  await driven.pass(60_000);
  driven.till.session.sending.loop.hurry();
  await driven.drive(() => states(driven)[0] === 'confirmed', 60_000);
});
