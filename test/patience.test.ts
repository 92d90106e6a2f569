import { describe, expect, it } from 'vitest';
import { createPatience, type PatientWork } from '../main/kernel/patience.ts';
import { createTestClock } from './kit/clock.ts';

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

function places() {
  const clock = createTestClock();
  const patience = createPatience(clock);
  let begun = 0;
  /** Work that comes back when it is told to. */
  const hanging = (place: string, lane: PatientWork<string>['lane'] = 'copies') => {
    let back = (): void => undefined;
    const work = () => {
      begun += 1;
      return new Promise<string>((resolve) => {
        back = () => resolve('back');
      });
    };
    const done = patience
      .run({ place, lane, limitMs: 1_000, work })
      .catch((thrown: { code: string }) => thrown.code);
    return { done, back: () => back() };
  };
  const waitFor = async (work: ReturnType<typeof hanging>) => {
    await nextTick();
    clock.advance(1_000);
    return work.done;
  };
  return { clock, patience, hanging, waitFor, begun: () => begun };
}

const quick = { lane: 'copies', limitMs: 1_000, work: async () => 'done' } as const;

describe('a place that may not answer', () => {
  it('is waited for, and what it says is handed on', async () => {
    const { clock, patience } = places();
    expect(await patience.run({ ...quick, place: 'a' })).toBe('done');
    const failing = { ...quick, place: 'a', work: () => Promise.reject(new Error('no room')) };
    await expect(patience.run(failing)).rejects.toThrow('no room');
    expect(patience.isBusy()).toBe(false);
    expect(clock.waiting()).toEqual([]);
  });

  it('is given up when its time is over, and nothing more is begun there until it is back', async () => {
    const { patience, hanging, waitFor, begun } = places();
    const first = hanging('a');
    expect(await waitFor(first)).toBe('ETIMEDOUT');
    for (let more = 0; more < 20; more += 1)
      for (const lane of ['copies', 'entries', 'picked'] as const)
        expect(await hanging('a', lane).done).toBe('ETIMEDOUT');
    expect(begun()).toBe(1);
    expect(patience.isBusy()).toBe(true);
    first.back();
    await nextTick();
    expect(patience.isBusy()).toBe(false);
    expect(await patience.run({ ...quick, place: 'a' })).toBe('done');
  });

  it('holds no other place', async () => {
    const { patience, hanging, waitFor } = places();
    await waitFor(hanging('a'));
    expect(await patience.run({ ...quick, place: 'b' })).toBe('done');
  });

  it('never takes the last thread that files are read by, however many hang', async () => {
    const { hanging, waitFor, begun } = places();
    for (const place of ['a', 'b', 'c', 'd', 'e']) expect(await waitFor(hanging(place))).toBe('ETIMEDOUT');
    expect(begun()).toBe(3);
  });
});
