import { describe, expect, it } from 'vitest';
import { createTimeouts, type TimedWork } from '../main/kernel/timeouts.ts';
import { createTestClock } from './kit/clock.ts';

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

function places() {
  const clock = createTestClock();
  const timeouts = createTimeouts(clock);
  let begun = 0;
  /** Work that comes back when it is told to. */
  const hanging = (place: string, lane: TimedWork<string>['lane'] = 'copies') => {
    let back = (): void => undefined;
    const work = () => {
      begun += 1;
      return new Promise<string>((resolve) => {
        back = () => resolve('back');
      });
    };
    const done = timeouts
      .run({ place, lane, limitMs: 1_000, work })
      .catch((thrown: { code: string }) => thrown.code);
    return { done, back: () => back() };
  };
  const waitFor = async (work: ReturnType<typeof hanging>) => {
    await nextTick();
    clock.advance(1_000);
    return work.done;
  };
  return { clock, timeouts, hanging, waitFor, begun: () => begun };
}

const quick = { lane: 'copies', limitMs: 1_000, work: async () => 'done' } as const;

describe('a place that may not answer', () => {
  it('is waited for, and what it says is handed on', async () => {
    const { clock, timeouts } = places();
    expect(await timeouts.run({ ...quick, place: 'a' })).toBe('done');
    const failing = { ...quick, place: 'a', work: () => Promise.reject(new Error('no room')) };
    await expect(timeouts.run(failing)).rejects.toThrow('no room');
    expect(timeouts.isBusy()).toBe(false);
    expect(clock.waiting()).toEqual([]);
  });

  it('is given up when its time is over, and nothing more is begun there until it is back', async () => {
    const { timeouts, hanging, waitFor, begun } = places();
    const first = hanging('a');
    expect(await waitFor(first)).toBe('ETIMEDOUT');
    for (let more = 0; more < 20; more += 1)
      for (const lane of ['copies', 'entries', 'picked'] as const)
        expect(await hanging('a', lane).done).toBe('ETIMEDOUT');
    expect(begun()).toBe(1);
    expect(timeouts.isBusy()).toBe(true);
    first.back();
    await nextTick();
    expect(timeouts.isBusy()).toBe(false);
    expect(await timeouts.run({ ...quick, place: 'a' })).toBe('done');
  });

  it('holds no other place', async () => {
    const { timeouts, hanging, waitFor } = places();
    await waitFor(hanging('a'));
    expect(await timeouts.run({ ...quick, place: 'b' })).toBe('done');
  });

  it('never takes the last thread that files are read by, however many hang', async () => {
    const { hanging, waitFor, begun } = places();
    for (const place of ['a', 'b', 'c', 'd', 'e']) expect(await waitFor(hanging(place))).toBe('ETIMEDOUT');
    expect(begun()).toBe(3);
  });
});
