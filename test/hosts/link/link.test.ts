import { describe, expect, it } from 'vitest';
import { createLink } from '../../../main/hosts/link/link.ts';
import {
  afterAnsweredRead,
  afterManager,
  afterTestedKey,
  withPause,
} from '../../../main/hosts/link/link-state.ts';
import type { Exchange } from '../../../main/hosts/port/member-host.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { createTestClock } from '../../kit/clock.ts';
import { exchange, openOutbox } from '../../kit/outbox.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { silentLogger } from '../../kit/till.ts';

const open = () => {
  const { db } = openOutbox();
  const clock = createTestClock();
  const make = (key: string | null = null) =>
    createLink(createSettings(db), clock, realRandom, silentLogger, () => key);
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

  it('keeps the pause for a refused key while that key is the one it has, and asks KYBIO where another was brought', () => {
    const { make } = open();
    const pausesWith = (key: string | null) => make(key).state.pauses.map(({ reason }) => reason);
    make('one').update((state, at) => withPause(state, 'credentials', 'wrong', at.nowMs));
    // A keyring that cannot be read brings no key; what is kept meanwhile still names the first.
    make(null).update((state, at) => withPause(state, 'quota', '', at.nowMs));
    expect(pausesWith('one')).toEqual(['credentials', 'quota']);
    expect(pausesWith('two')).toEqual(['unanswered', 'quota']);
    expect(pausesWith('two')).toEqual(['unanswered', 'quota']);
    const two = make('two');
    two.update((state, at) => afterAnsweredRead(state, at));
    expect(two.state.pauses).toEqual([]);
    two.update((state, at) => withPause(state, 'quota', '', at.nowMs));
    expect(pausesWith('one')).toEqual(['quota']);
    two.update((state, at) => withPause(state, 'credentials', 'wrong', at.nowMs));
    expect(pausesWith('two')).toEqual(['quota', 'credentials']);
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
    let calls = 0;
    link.onChange(() => {
      calls += 1;
    });
    link.update((state) => state);
    link.update(afterTestedKey);
    const afterNothing = calls;
    link.update((state, at) => withPause(state, 'portal', '', at.nowMs));
    link.update((state, at) => withPause(state, 'portal', '', at.nowMs));
    expect(calls - afterNothing).toBe(1);
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
