import { describe, expect, it } from 'vitest';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { Driven } from '../kit/driven-till.ts';
import { entry, HOUR_MS, method, openLosing, sends, type World } from '../kit/losing.ts';

const MINUTE_MS = 60_000;

/** So many members whom the till keeps, with what each holds. */
async function opened(members: number, world: World = {}) {
  const driven = await openLosing(world, null);
  // Behind those that are odd in some way.
  const known = practiceMembers.slice(30, 30 + members);
  for (const { number } of known) await driven.till.session.members.lookUp.find(number);
  return { driven, uids: known.map(({ customerUid }) => customerUid) };
}

/** So many entries of these members in turn. */
async function enter(driven: Driven, uids: readonly string[], many: number): Promise<readonly string[]> {
  const ids = Array.from({ length: many }, (_, at) => {
    driven.clock.pass(1_000);
    return driven.till.topUp(uids[at % uids.length] ?? '', '10.00').id;
  });
  await driven.settle();
  return ids;
}

const areThere = (driven: Driven, ids: readonly string[]) => () =>
  ids.every((id) => entry(driven, id).state === 'confirmed');

/** What KYBIO was asked since, by the call; nothing of the directory, which goes by another budget. */
function callsSince(driven: Driven, before: number): Readonly<Record<string, number>> {
  const names = driven.store
    .calls()
    .slice(before)
    .map((call) => call.method);
  const counts: Record<string, number> = {};
  for (const name of names) if (!/Pages$/.test(name)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function online(driven: Driven): Promise<void> {
  await driven.store.setPlug(true);
  driven.till.session.sending.loop.networkChanged();
}

describe('what waits costs one call', () => {
  it('30 entries over an outage of three hours, in one running process: 30 increments and nothing else', async () => {
    const { driven, uids } = await opened(30);
    await driven.store.setPlug(false);
    const ids = await enter(driven, uids, 30);
    await driven.pass(3 * HOUR_MS);
    const before = driven.store.calls().length;
    await online(driven);
    await driven.drive(areThere(driven, ids));
    expect(callsSince(driven, before)).toEqual({ [method]: 30 });
  });

  it('after a start one look serves a member: 30 entries of 10 members, 10 readings and the log for all', async () => {
    const { driven, uids } = await opened(10, { host: { keepsRechargeLog: true } });
    await driven.store.setPlug(false);
    const ids = await enter(driven, uids, 30);
    const again = await driven.restart();
    again.clock.jump(12 * HOUR_MS, 12 * HOUR_MS);
    await driven.store.setPlug(true);
    const before = driven.store.calls().length;
    again.till.session.start();
    await again.drive(areThere(again, ids));
    expect(callsSince(again, before)).toEqual({ [method]: 30, queryByNumber: 10, queryAllRechargeLogs: 1 });
  });

  it('… kept as served for all of that start, and what is made there since needs none', async () => {
    const { driven, uids } = await opened(1);
    await driven.store.setPlug(false);
    const ids = await enter(driven, uids, 3);
    const again = await driven.restart();
    await driven.store.setPlug(true);
    const before = driven.store.calls().length;
    // The first is refused, and what is behind it waits.
    const refused = { kind: 'status', status: 404, when: 'before' } as const;
    again.store.addFault({ fault: refused, method, times: 1 });
    again.till.session.start();
    await again.drive(() => sends(again).length > 0);
    await driven.store.setPlug(false);
    const more = await enter(again, uids, 1);
    await again.pass(3 * HOUR_MS);
    await online(again);
    await again.drive(areThere(again, [...ids, ...more]));
    // The check, and the reading that ends the pause.
    expect(callsSince(again, before)['queryByNumber']).toBe(2);
  });
});

describe('where the machine may have been put back, its hour still holds', () => {
  async function waited(while_: (driven: Driven) => Promise<void>) {
    const { driven, uids } = await opened(1);
    await driven.store.setPlug(false);
    const ids = await enter(driven, uids, 1);
    await while_(driven);
    const before = driven.store.calls().length;
    await online(driven);
    await driven.drive(areThere(driven, ids));
    return callsSince(driven, before)['queryByNumber'] ?? 0;
  }

  it.each([
    [
      'where the wall clock jumped',
      1,
      async (driven: Driven) => {
        await driven.pass(10 * MINUTE_MS);
        driven.clock.jump(2 * HOUR_MS, 0);
        await driven.pass(MINUTE_MS);
      },
    ],
    [
      'where both clocks jumped',
      1,
      async (driven: Driven) => {
        await driven.pass(10 * MINUTE_MS);
        driven.clock.jump(2 * HOUR_MS, 2 * HOUR_MS);
        await driven.pass(MINUTE_MS);
      },
    ],
    [
      'where the PC woke, and the hour was over later',
      1,
      async (driven: Driven) => {
        driven.till.session.wokeUp();
        await driven.pass(2 * HOUR_MS);
      },
    ],
    [
      'not where it woke within the hour',
      0,
      async (driven: Driven) => {
        driven.till.session.wokeUp();
        await driven.pass(30 * MINUTE_MS);
      },
    ],
    [
      'nor where the clock was set right by a second',
      0,
      async (driven: Driven) => {
        await driven.pass(HOUR_MS);
        driven.clock.jump(1_000, 0);
        await driven.pass(HOUR_MS);
      },
    ],
  ])('%s', async (_, readings, while_) => {
    expect(await waited(while_)).toBe(readings);
  });
});

describe('after a day on which KYBIO had no more calls', () => {
  /** 5 of 12 top-ups arrived; 7 wait for the next day. */
  async function nextDay() {
    const { driven, uids } = await opened(12);
    const dailyCalls = driven.store.calls().length + 5;
    driven.store.setProfile({ dailyCalls });
    const {
      counter: { policy },
    } = driven.till.session;
    policy.save({ ...policy.current(), callsPerDay: dailyCalls }, theManager);
    const ids = await enter(driven, uids, 12);
    await driven.drive(() => driven.till.session.hosts.link.state.pauses.length > 0);
    await driven.pass(MINUTE_MS);
    expect(driven.till.session.ledger.outbox.counts()).toMatchObject({ confirmed: 5, queued: 7 });
    const before = driven.store.calls().length;
    await driven.drive(() => driven.till.session.hosts.link.state.pauses.length === 0);
    await driven.pass(MINUTE_MS);
    return { driven, ids, before };
  }

  it('what waits goes once calls are there again, by age', async () => {
    const { driven, ids } = await nextDay();
    await driven.drive(areThere(driven, ids));
    expect(sends(driven).filter(({ applied }) => applied).length).toBe(12);
  });

  it('none costs a look: 7 entries that waited over the night, 7 increments', async () => {
    const { driven, ids, before } = await nextDay();
    await driven.drive(areThere(driven, ids));
    const { queryByNumber: asked = 0, ...others } = callsSince(driven, before);
    expect(others).toEqual({ [method]: 7 });
    // While KYBIO had none it was asked each quarter of an hour of the night.
    expect(asked).toBeLessThanOrEqual(44);
  });
});
