import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterSleep,
  doubtChangesInMs,
  NO_ANSWER_AFTER_MS,
  RECENTLY_QUERIED_MS,
  type Reach,
  reachDoubt,
  unheard,
  withCall,
  withNetwork,
  withoutCall,
} from '../../../main/hosts/link/reach.ts';
import { createReachWatch } from '../../../main/hosts/link/reach-watch.ts';
import type { MemberHost } from '../../../main/hosts/port/member-host.ts';
import { createTestClock } from '../../kit/clock.ts';
import { exchange } from '../../kit/outbox.ts';

const answeredAt = (atMs: number) => withoutCall(withCall(unheard, 1, atMs), 1, true, atMs);

describe('being online is doubted', () => {
  it('while the system sees no network, until it sees one or something is answered', () => {
    const gone = withNetwork(answeredAt(0), false);
    expect(reachDoubt(gone, 1)).toBe('no-network');
    expect(reachDoubt(withNetwork(gone, true), 1)).toBeNull();
    expect(reachDoubt(withoutCall(withCall(gone, 2, 1), 2, true, 2), 2)).toBeNull();
    expect(reachDoubt(withoutCall(withCall(gone, 2, 1), 2, false, 2), 2)).toBe('no-network');
  });

  it('where a call has been without an answer for three seconds', () => {
    const asked = withCall(answeredAt(0), 2, 10_000);
    expect(reachDoubt(asked, 12_999)).toBeNull();
    expect(reachDoubt(asked, 13_000)).toBe('no-answer-yet');
    expect(reachDoubt(withoutCall(asked, 2, true, 14_000), 14_000)).toBeNull();
  });

  it('not by a call that hangs while others are answered', () => {
    const hangs = withCall(unheard, 1, 0);
    const answered = withoutCall(withCall(hangs, 2, 5_000), 2, true, 5_100);
    expect(reachDoubt(hangs, 5_000)).toBe('no-answer-yet');
    expect(reachDoubt(answered, 60_000)).toBeNull();
  });

  it('where nothing was answered for a quarter of an hour, and after a sleep', () => {
    expect(reachDoubt(answeredAt(5), 5 + RECENTLY_QUERIED_MS - 1)).toBeNull();
    expect(reachDoubt(answeredAt(5), 5 + RECENTLY_QUERIED_MS)).toBe('not-asked-lately');
    expect(reachDoubt(afterSleep(answeredAt(5)), 6)).toBe('not-asked-lately');
    expect(reachDoubt(afterSleep(unheard), 6)).toBeNull();
  });
});

const event = fc.oneof(
  fc.record({ what: fc.constant('call' as const), call: fc.nat(4) }),
  fc.record({ what: fc.constant('end' as const), call: fc.nat(4), isAnswered: fc.boolean() }),
  fc.record({ what: fc.constant('network' as const), online: fc.boolean() }),
  fc.record({ what: fc.constant('pass' as const), byMs: fc.integer({ min: 0, max: RECENTLY_QUERIED_MS }) }),
);

it('changes with time exactly when it says so', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      let reach: Reach = unheard;
      let atMs = 0;
      for (const one of events) {
        if (one.what === 'pass') {
          const before = reachDoubt(reach, atMs);
          const inMs = doubtChangesInMs(reach, atMs);
          const isBefore = inMs === null || one.byMs < inMs;
          if (isBefore) expect(reachDoubt(reach, atMs + one.byMs)).toBe(before);
          atMs += one.byMs;
        }
        if (one.what === 'call') reach = withCall(reach, one.call, atMs);
        if (one.what === 'end') reach = withoutCall(reach, one.call, one.isAnswered, atMs);
        if (one.what === 'end' && one.isAnswered) expect(reachDoubt(reach, atMs)).toBeNull();
        if (one.what === 'network') reach = withNetwork(reach, one.online);
      }
    }),
  );
});

describe('the watch over the calls', () => {
  function watch() {
    const clock = createTestClock();
    const changes: unknown[] = [];
    const reach = createReachWatch({ clock, changed: () => changes.push(reach.doubt()) });
    const answers: ((reply: unknown) => void)[] = [];
    const ask = () => new Promise((resolve) => answers.push(resolve));
    const bare = { readByNumber: ask, sendIncrement: ask } as unknown as MemberHost;
    return { clock, changes, reach, answers, bare, client: reach.watch(() => bare) };
  }
  const response = { status: 200, dateMs: null } as never;

  it('tells of a doubt without another event, and of its end with the answer', async () => {
    const { clock, changes, answers, client } = watch();
    const reading = client().readByNumber('1');
    expect(clock.waiting()).toEqual([NO_ANSWER_AFTER_MS]);
    clock.pass(NO_ANSWER_AFTER_MS);
    clock.ringDue();
    expect(changes).toEqual(['no-answer-yet']);
    answers[0]?.({ exchange: { ...exchange('answered'), response }, result: { ok: true } });
    await reading;
    expect(changes).toEqual(['no-answer-yet', null]);
    expect(clock.waiting()).toEqual([RECENTLY_QUERIED_MS]);
  });

  it('watches sends as well, and what fails', async () => {
    const { clock, changes, reach, answers, client } = watch();
    const sending = client().sendIncrement({} as never, {} as never);
    clock.pass(NO_ANSWER_AFTER_MS);
    clock.ringDue();
    answers[0]?.(exchange('sent'));
    await sending;
    expect(changes).toEqual(['no-answer-yet', null]);
    reach.networkChanged(false);
    expect(changes.at(-1)).toBe('no-network');
  });

  it('leaves one client one client, and no timer behind', () => {
    const { clock, reach, client } = watch();
    expect(client()).toBe(client());
    void client().readByNumber('1');
    reach.stop();
    expect(clock.waiting()).toEqual([]);
    reach.networkChanged(false);
    expect(clock.waiting()).toEqual([]);
  });
});
