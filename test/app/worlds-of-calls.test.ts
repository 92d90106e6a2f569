import { describe, expect, it } from 'vitest';
import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import type { HostProfile } from '../../main/hosts/practice/types.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { Policy } from '../../preload/contract/index.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';
import { HOUR_MS, method, refuses } from '../kit/losing.ts';
import type { TestTillOptions } from '../kit/till.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;
/** In no table. */
const unknownWords = '额度不足，请明日再来';
const people = practiceMembers
  .filter(
    ({ enable, expiryDate, number, name }) =>
      enable === 1 && expiryDate === null && number !== '' && name !== '',
  )
  .slice(5);

interface Morning {
  readonly host?: Partial<HostProfile>;
  readonly policy?: Partial<Policy>;
  readonly config?: NonNullable<TestTillOptions['config']>;
  /** Members whom it looked up on the day before. */
  readonly known?: number;
}

const started = async (opened: Promise<Driven> | Driven): Promise<Driven> => {
  const driven = await opened;
  driven.till.session.start();
  await driven.settle();
  return driven;
};

/** At 9 on the second day of a till. */
async function morning({ host = {}, policy = {}, config = {}, known = 0 }: Morning): Promise<Driven> {
  const driven = await openDrivenTill({}, { config });
  const { session } = driven.till;
  for (const { number } of people.slice(0, known)) await session.members.lookUp.find(number);
  session.counter.policy.save(
    { ...session.counter.policy.current(), repeatWithinMs: 0, ...policy },
    theManager,
  );
  driven.clock.set(Date.parse('2026-01-16T09:00:00+08:00'));
  driven.store.setProfile(host);
  return started(driven.restart());
}

/** So many entries, each of another member as long as there are; and so long passes. */
async function enter(driven: Driven, many: number, { skip = 0, passMs = MINUTE_MS } = {}) {
  const ids = Array.from({ length: many }, (_, at) => {
    driven.clock.pass(1);
    return driven.till.topUp(people[(skip + at) % 200]?.customerUid ?? '', '10.00').id;
  });
  await driven.settle();
  await driven.pass(passMs);
  return ids;
}

const states = ({ till }: Driven) =>
  Object.fromEntries(Object.entries(till.session.ledger.outbox.counts()).filter(([, count]) => count > 0));
/** Each applied increment by its member, as KYBIO's own ledger has it. */
const applied = ({ store }: Driven) => store.calls().filter((call) => call.applied && call.method === method);
const find = async ({ till }: Driven, at: number) =>
  (await till.session.members.lookUp.find(people[at]?.number ?? '')).ok;
const isFree = ({ till }: Driven) => till.session.hosts.link.state.pauses.length === 0;
const _shown = ({ till }: Driven) => till.session.hosts.callBudget.shown();

describe('calls come free, and what waits goes', () => {
  it('at a till that was off when they came free', async () => {
    const driven = await morning({ host: { dailyCalls: 0, quotaWords: unknownWords }, known: 10 });
    await enter(driven, 3, { passMs: 13 * HOUR_MS });
    expect(states(driven)).toEqual({ queued: 2, unknown: 1 });
    await driven.till.close();
    driven.store.setProfile({ dailyCalls: null });
    driven.clock.jump(11 * HOUR_MS, 11 * HOUR_MS);
    const again = await started(driven.restart());
    await again.drive(() => states(again)['confirmed'] === 2, HOUR_MS);
    expect(applied(again)).toHaveLength(2);
  });

  it('but no start asks more often than once a minute', async () => {
    let driven = await morning({ host: { dailyCalls: 0, quotaWords: unknownWords }, known: 10 });
    await enter(driven, 3, { passMs: 20 * MINUTE_MS });
    const before = driven.store.calls().length;
    for (let start = 0; start < 6; start += 1) {
      driven = await started(driven.restart());
      await driven.pass(10 * MINUTE_MS);
    }
    expect(driven.store.calls().length - before).toBeLessThanOrEqual(60);
  });

  it('at 8 in the morning: a midnight that was none of KYBIO’s does not lessen the share', async () => {
    const driven = await morning({ host: { dailyCalls: 300 }, known: 200 });
    await enter(driven, 200, { passMs: 10 * HOUR_MS });
    driven.store.setProfile({ dailyCalls: 0 });
    await enter(driven, 100, { passMs: 12 * HOUR_MS });
    driven.store.setProfile({ dailyCalls: null });
    await driven.drive(() => isFree(driven), 2 * HOUR_MS);
    await driven.pass(10 * MINUTE_MS);
    expect(states(driven)).toEqual({ confirmed: 300 });
    expect(applied(driven)).toHaveLength(300);
  });

  it('in the midst of the night, with what was left of a backlog', async () => {
    const driven = await morning({ host: { dailyCalls: 100 }, known: 140 });
    driven.clock.set(Date.parse('2026-01-16T23:40:00+08:00'));
    await enter(driven, 140, { passMs: 10 * MINUTE_MS });
    expect(applied(driven)).toHaveLength(100);
    await driven.pass(30 * MINUTE_MS);
    expect(states(driven)).toEqual({ confirmed: 140 });
    expect(applied(driven)).toHaveLength(140);
    expect(driven.store.calls().filter((call) => call.method === method).length).toBeLessThanOrEqual(
      140 * 1.25,
    );
  });
});

describe('80 tills on 300 calls, three for each', () => {
  const config = { tillNumber: 80, tillCount: 80 };

  it('a lost reply is cleared up beyond the share, and a new card looked up', async () => {
    const host = { dailyCalls: 300, refusesDuplicates: true };
    const driven = await morning({ host, config, known: 12, policy: { tillNumbersDeclared: true } });
    const { settings } = driven.till.session.kernel;
    settings.set(HOST_PROFILE_KEY, JSON.stringify({ ...unknownHost, ...refuses }));
    await enter(driven, 5);
    driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
    await enter(driven, 1, { skip: 6, passMs: HOUR_MS });
    expect(states(driven)).toEqual({ confirmed: 6 });
    expect(applied(driven)).toHaveLength(6);
    expect(await find(driven, 50)).toBe(true);
  });

  it('what waited over a start goes in minutes, not one in a quarter of an hour', async () => {
    const driven = await morning({ host: { dailyCalls: 300 }, config, known: 40 });
    await driven.store.setPlug(false);
    await enter(driven, 40);
    const again = await driven.restart();
    await driven.store.setPlug(true);
    const before = again.store.calls().length;
    await started(again);
    await again.drive(() => states(again)['confirmed'] === 40, HOUR_MS);
    // A look for each, the log for all, and what goes.
    expect(again.store.calls().length - before).toBeLessThanOrEqual(2 * 40 + 3);
  });
});

describe('nothing is lost or doubled', () => {
  it('where the clock is set back a day, and on by two', async () => {
    const driven = await morning({ host: { dailyCalls: 300 }, known: 30 });
    await enter(driven, 10);
    for (const days of [-1, 2]) {
      driven.clock.jump(days * DAY_MS, 0);
      await enter(driven, 10, { skip: 15 + 5 * days, passMs: 10 * MINUTE_MS });
    }
    expect(states(driven)).toEqual({ confirmed: 30 });
    expect(applied(driven)).toHaveLength(30);
  });

  it('where 240 cards are scanned that nobody has: those who pay are credited', async () => {
    const driven = await morning({ host: { dailyCalls: 300 }, known: 50 });
    for (let card = 0; card < 240; card += 1)
      await driven.till.session.members.lookUp.find(`95550${1000 + card}`);
    await enter(driven, 50);
    expect(states(driven)).toEqual({ confirmed: 50 });
    expect(driven.store.calls().length).toBeLessThanOrEqual(50 + 300);
  });

  it('where the till is off for a month: a look for each member, and each entry once', async () => {
    const driven = await morning({ host: { dailyCalls: 300 }, known: 40 });
    await driven.store.setPlug(false);
    await enter(driven, 40);
    await driven.till.close();
    driven.clock.jump(30 * DAY_MS, 30 * DAY_MS);
    await driven.store.setPlug(true);
    const again = await started(driven.restart());
    await again.drive(() => states(again)['confirmed'] === 40, HOUR_MS);
    expect(applied(again)).toHaveLength(40);
  });

  it('where two tills have one number', async () => {
    const config = { tillNumber: 1, tillCount: 2 };
    const driven = await morning({ host: { dailyCalls: 300 }, config, known: 40 });
    const other = await driven.fresh({ config: { ...config, tillName: 'Counter 2' } });
    for (const { number } of people.slice(0, 40)) await other.till.session.members.lookUp.find(number);
    await started(other);
    // The same members, so that one second of theirs serves two entries.
    for (const { customerUid } of people.slice(0, 40)) other.till.topUp(customerUid, '20.00');
    await enter(driven, 40, { passMs: HOUR_MS });
    expect(applied(driven)).toHaveLength(80);
  });
});
