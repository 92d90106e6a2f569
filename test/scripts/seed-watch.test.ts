import { expect, it } from 'vitest';

interface Running {
  readonly seed: number;
}
interface SeedWatch {
  began(running: Running): void;
  ended(): void;
}
interface SeedWatchModule {
  createSeedWatch(parts: {
    limitMs: number;
    onLate: (running: Running) => void;
    schedule: (afterMs: number, then: () => void) => () => void;
  }): SeedWatch;
}

const { createSeedWatch } = (await import(
  new URL('../../scripts/lib/seed-watch.mjs', import.meta.url).href
)) as SeedWatchModule;

function openWatch() {
  const alarms: { readonly afterMs: number; readonly ring: () => void; off: boolean }[] = [];
  const late: number[] = [];
  const watch = createSeedWatch({
    limitMs: 120_000,
    onLate: ({ seed }) => late.push(seed),
    schedule: (afterMs, ring) => {
      const alarm = { afterMs, ring, off: false };
      alarms.push(alarm);
      return () => {
        alarm.off = true;
      };
    },
  });
  return { watch, alarms, late };
}

it('names the seed that does not end', () => {
  const { watch, alarms, late } = openWatch();
  watch.began({ seed: 7 });
  expect(alarms.map(({ afterMs }) => afterMs)).toEqual([120_000]);
  alarms[0]?.ring();
  expect(late).toEqual([7]);
});

it('counts anew from each seed, and no more once the worker is done', () => {
  const { watch, alarms } = openWatch();
  watch.began({ seed: 1 });
  watch.began({ seed: 3 });
  expect(alarms.map(({ off }) => off)).toEqual([true, false]);
  watch.ended();
  expect(alarms.map(({ off }) => off)).toEqual([true, true]);
});
