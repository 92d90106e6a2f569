import { describe, expect, it } from 'vitest';
import { createSettings } from '../../main/database/settings-repository.ts';
import type { Exchange } from '../../main/kybio/types.ts';
import { createLink } from '../../main/sync/link.ts';
import { afterManager, afterTestedKey, withPause } from '../../main/sync/link-state.ts';
import { createStillClock, exchange, openOutbox } from '../outbox/support.ts';
import { realRandom } from '../support/practice-store.ts';
import { silentLogger } from '../support/till.ts';

const open = () => {
  const { db } = openOutbox();
  const clock = createStillClock();
  const make = () => createLink(createSettings(db), clock, realRandom, silentLogger);
  return { db, clock, make };
};

describe('the link', () => {
  it('remembers over a restart the pauses that nobody would tell it again', () => {
    const { make } = open();
    const before = make();
    for (const reason of ['quota', 'server', 'contradiction'] as const)
      before.update((state, at) => withPause(state, reason, 'why', at.nowMs));
    const after = make();
    expect(after.state.pauses).toEqual(before.state.pauses.filter(({ reason }) => reason !== 'server'));
    expect(after.state.reach).toBe('starting');
    after.update(afterManager);
    expect(make().state.pauses.map(({ reason }) => reason)).toEqual(['quota']);
  });

  it('holds a pause in memory where it cannot be kept', () => {
    const { db, make } = open();
    const link = make();
    db.pragma('query_only = ON');
    link.update((state, at) => withPause(state, 'credentials', '', at.nowMs));
    expect(link.state.pauses).toHaveLength(1);
    db.pragma('query_only = OFF');
    expect(make().state.pauses).toEqual([]);
    link.update((state) => ({ ...state }));
    expect(make().state.pauses).toHaveLength(1);
  });

  it('tells of every change, and of none that is no change', () => {
    const { make } = open();
    const link = make();
    let told = 0;
    link.onChange(() => {
      told += 1;
    });
    link.update((state) => state);
    link.update(afterTestedKey);
    const afterNothing = told;
    link.update((state, at) => withPause(state, 'portal', '', at.nowMs));
    link.update((state, at) => withPause(state, 'portal', '', at.nowMs));
    expect(told - afterNothing).toBe(1);
  });

  it('learns how far the PC’s clock is off, and keeps that when an answer does not say', () => {
    const { make } = open();
    const link = make();
    const heard = (dateMs: number | null): Exchange => ({
      ...exchange('answered'),
      startedAtMs: 10_000,
      endedAtMs: 11_000,
      response: { status: 200, contentType: '', location: '', dateMs, retryAfterMs: null, body: null },
    });
    link.hear(heard(10_000));
    expect(link.state.clockSkewMs).toBe(0);
    link.hear(heard(3_610_000));
    expect(link.state.clockSkewMs).toBe(3_600_000);
    link.hear(heard(null));
    link.hear(exchange('sent'));
    expect(link.state.clockSkewMs).toBe(3_600_000);
  });
});
