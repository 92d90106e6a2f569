import { randomBytes, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { onTestFinished } from 'vitest';
import { createPracticeStore } from '../../main/hosts/practice/store.ts';
import type { PracticeStore, PracticeStoreOptions } from '../../main/hosts/practice/types.ts';
import type { Clock, Random } from '../../main/kernel/ports.ts';
import { ownClockStoreTimeZone, storeTimeZone } from './store-time-zone.ts';

export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  schedule(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

export const realRandom: Random = {
  unit: () => Math.random(),
  uuid: () => randomUUID(),
  bytes: (length) => randomBytes(length),
};

/** Runs `end` when the running test ends; outside a test (a `beforeAll`, say) the caller must do it. */
function whenTestEnds(end: () => Promise<void>): void {
  try {
    onTestFinished(end);
  } catch {
    // Not inside a test.
  }
}

/** A practice store, on real time where no clock is given, that closes itself with the test it was started in. */
export async function startPracticeStore(
  options: Partial<PracticeStoreOptions> = {},
): Promise<PracticeStore> {
  const store = await createPracticeStore({
    clock: realClock,
    random: realRandom,
    storeTimeZone: options.clock === undefined ? storeTimeZone : ownClockStoreTimeZone,
    ...options,
  });
  whenTestEnds(() => store.close());
  return store;
}
