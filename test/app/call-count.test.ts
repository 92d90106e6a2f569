import { describe, expect, it } from 'vitest';
import { CALL_COUNT_KEY, loadCallCount } from '../../main/hosts/calls/call-count.ts';
import { withPause } from '../../main/hosts/link/link-state.ts';
import type { HostProfile as StoreProfile } from '../../main/hosts/practice/types.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';
import { number } from '../kit/losing.ts';

const method = 'queryDailyAccessTimesLog';
const HOUR_MS = 3_600_000;

const asked = ({ store }: Driven) => store.calls().filter((call) => call.method === method);
const kept = ({ till }: Driven) => loadCallCount(till.session.kernel.settings);
/** At 13:26 in the store's zone, on a day whose second turn is at 15:00; connected. */
async function atNoon(profile: Partial<StoreProfile> = {}): Promise<Driven> {
  const driven = await openDrivenTill({ dailyCalls: 300, ...profile });
  driven.till.session.start();
  await driven.drive(() => driven.till.session.hosts.link.state.reach === 'online');
  expect(asked(driven)).toEqual([]);
  return driven;
}

describe('the account’s calls', () => {
  it('are asked for once in the till’s turn, and kept', async () => {
    const driven = await atNoon();
    await driven.pass(HOUR_MS);
    expect(asked(driven)).toEqual([]);
    await driven.pass(2 * HOUR_MS);
    const [call, ...others] = asked(driven);
    expect(others).toEqual([]);
    expect(call?.body).toBe(
      `{"appId":"${driven.store.appId}","beginDate":"2026-01-08","endDate":"2026-01-15"}`,
    );
    const used = call?.number ?? 0;
    expect(kept(driven)).toEqual({
      ...{ day: '2026-01-15', limit: 300, used, mine: used, before: [] },
      atMs: call?.atMs,
    });
    expect(driven.till.session.hosts.meter.usedToday()).toBeGreaterThanOrEqual(used);
    await driven.pass(24 * HOUR_MS);
    expect(asked(driven)).toHaveLength(4);
    expect(kept(driven)).toMatchObject({ day: '2026-01-16', before: [{ day: '2026-01-15' }] });
  });

  it('are those of others too, which the till’s own meter does not know', async () => {
    const driven = await atNoon();
    const other = await driven.fresh({ config: { tillName: 'Counter 2' } });
    await other.till.session.members.lookUp.find(number);
    await driven.pass(3 * HOUR_MS);
    const count = kept(driven);
    expect((count?.used ?? 0) - (count?.mine ?? 0)).toBe(1);
  });

  it('are not asked for again after a restart within the turn', async () => {
    const driven = await atNoon();
    await driven.drive(() => asked(driven).length > 0);
    const again = await driven.restart();
    again.till.session.start();
    await again.pass(HOUR_MS);
    expect(asked(again)).toHaveLength(1);
    expect(kept(again)?.day).toBe('2026-01-15');
  });

  it('are not asked for again, until the next start, where KYBIO has no such call', async () => {
    const driven = await atNoon({ hasCallCount: false });
    await driven.pass(3 * HOUR_MS);
    expect(asked(driven)).toHaveLength(1);
    await driven.pass(48 * HOUR_MS);
    expect(asked(driven)).toHaveLength(1);
    const again = await driven.restart();
    again.till.session.start();
    await again.pass(24 * HOUR_MS);
    expect(asked(again)).toHaveLength(2);
  });

  it('are not asked for in a pause, nor once the turn is over', async () => {
    const driven = await atNoon();
    const {
      hosts: { link },
    } = driven.till.session;
    link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
    await driven.pass(2 * HOUR_MS + 40 * 60_000);
    link.update((state) => ({ ...state, pauses: [] }));
    await driven.pass(2 * HOUR_MS);
    expect(asked(driven)).toEqual([]);
  });

  it('are asked for when the till wakes up in its turn', async () => {
    const driven = await atNoon();
    driven.clock.jump(2 * HOUR_MS, 0);
    driven.till.session.wokeUp();
    await driven.settle();
    expect(asked(driven)).toHaveLength(1);
  });

  it.each([
    ['does not know the call', () => undefined, { hasCallCount: false }],
    [
      'says that the calls are used up',
      (driven: Driven) =>
        driven.store.addFault({
          ...{ method, fault: { kind: 'error', messages: ['今日访问次数已用完'], when: 'before' } },
        }),
      {},
    ],
    [
      'does not permit it',
      (driven: Driven) =>
        driven.store.addFault({
          ...{ method, fault: { kind: 'error', messages: ['没有权限'], when: 'before' } },
        }),
      {},
    ],
    [
      'loses the answer',
      (driven: Driven) => driven.store.addFault({ method, fault: { kind: 'drop', when: 'after' } }),
      {},
    ],
    [
      'is not there: a portal answers',
      (driven: Driven) => driven.store.addFault({ method, fault: { kind: 'portal' } }),
      {},
    ],
  ] as const)('change nothing of the link where KYBIO %s', async (_name, break_, profile) => {
    const driven = await atNoon(profile);
    break_(driven);
    const {
      hosts: { link },
    } = driven.till.session;
    const { reach, pauses, backoff } = link.state;
    const changes: unknown[] = [];
    await driven.drive(() => driven.clock.nowMs() > Date.parse('2026-01-15T06:50:00Z'));
    link.onChange((_before, after) => changes.push(after));
    await driven.drive(() => asked(driven).length > 0);
    await driven.settle();
    expect(changes).toEqual([]);
    expect(link.state).toMatchObject({ reach, pauses, backoff });
    expect(kept(driven)).toBeNull();
    // Once a turn, whatever came of it.
    await driven.pass(HOUR_MS);
    expect(asked(driven)).toHaveLength(1);
  });

  it('are tried again within the turn where nothing left the computer', async () => {
    const driven = await atNoon();
    await driven.store.setPlug(false);
    await driven.drive(() => driven.clock.nowMs() > Date.parse('2026-01-15T07:15:00Z'));
    await driven.store.setPlug(true);
    driven.till.session.networkBack();
    await driven.drive(() => asked(driven).length > 0, HOUR_MS);
    await driven.settle();
    expect(kept(driven)?.day).toBe('2026-01-15');
  });

  it('of one account are nothing to the next', async () => {
    const driven = await atNoon();
    await driven.drive(() => kept(driven) !== null);
    await driven.till.close();
    const next = await openDrivenTill({}, { folder: driven.till.folder });
    expect(next.till.session.kernel.settings.get(CALL_COUNT_KEY)).toBeNull();
  });
});
