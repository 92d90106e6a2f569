import { expect, test } from 'vitest';
import type { KybioHost } from './kybio-host.ts';
import { createNetwork } from './network.ts';
import { prngOf } from './prng.ts';
import { createVirtualTime } from './virtual-time.ts';

const wire = {
  url: 'https://kybio.example/openapi/v1/customerOpenApi/updateBalancePointByIncrement',
  body: Buffer.from('{}'),
  ...{ signature: '', connection: 'new' as const },
};

/** A till's process, and how many of its requests have reached KYBIO once all are there. */
function openWorld() {
  let arrived = 0;
  const prng = prngOf('run', 1);
  const time = createVirtualTime({ startUnixMs: 0, timers: 'exact', prng });
  const network = createNetwork({
    ...{ time, prng, faultRate: 0, readFaultRate: 0, proxy: null, withoutKinds: new Set<string>() },
    bounds: { refusesDuplicates: false, longestDelayMs: 1, beyondBounds: false },
  });
  const host = {
    increment: () => {
      arrived += 1;
      return { json: '{}', applied: true };
    },
  } as unknown as KybioHost;
  const clock = time.newTillClock();
  return {
    ...{ clock, network, way: network.transport(host, clock) },
    arrive: () => {
      while (time.step(1_000_000));
      return arrived;
    },
  };
}

test('what a process has sent arrives, though it dies', () => {
  const { clock, network, way, arrive } = openWorld();
  void way.exchange(wire);
  clock.stop();
  network.senderDied();
  expect(arrive()).toBe(1);
});

test('a process that has died sends nothing', () => {
  const { clock, network, way, arrive } = openWorld();
  clock.stop();
  network.senderDied();
  void way.exchange(wire);
  expect(arrive()).toBe(0);
  expect(network.counts.sends).toBe(0);
});
