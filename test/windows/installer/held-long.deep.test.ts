import { afterAll, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';

const counter = new Counter();
afterAll(counter.close);

it('an update gives up a file of the new version that is held for two minutes, and the old version runs on', async () => {
  await counter.giveRunning('0.1.0');
  counter.hold('app-0.2.0\\resources\\app.asar', 120_000);
  expect(await counter.setUp('0.2.0', ['/S'], { limitMs: 110_000 })).toBe(2);
  await counter.untilHeld();
  expect(counter.running()).toBe('0.1.0');
  await counter.expectTill('a file of the new version is held for 120000 ms', '0.1.0');
  await counter.giveRunning('0.1.0');
  counter.hold('app-0.1.0\\ffmpeg.dll', 120_000);
  await counter.untilHeld();
  expect(await counter.setUp('0.2.0')).toBe(0);
  await counter.untilRunning('0.2.0');
  await counter.expectTill('a file of the old version is held for 120000 ms', '0.2.0');
});
