import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { MOST_REVIVALS, reviveDead } from '../../main/app/electron/page-revival.ts';
import { createTestClock } from '../kit/clock.ts';

function watched(load: () => Promise<void> = async () => undefined) {
  const page = Object.assign(new EventEmitter(), { isDestroyed: () => state.isDestroyed });
  const state = { loads: 0, isDestroyed: false, isLeaving: false, logged: [] as string[] };
  const clock = createTestClock();
  reviveDead(page as unknown as Parameters<typeof reviveDead>[0], {
    clock,
    logger: { error: (event) => void state.logged.push(event) },
    isLeaving: () => state.isLeaving,
    load: () => {
      state.loads += 1;
      return load();
    },
  });
  return {
    state,
    clock,
    die: (reason = 'crashed') => page.emit('render-process-gone', {}, { reason, exitCode: 11 }),
  };
}

it('loads a page that died, and says so', () => {
  const { state, die } = watched();
  die();
  die('oom');
  expect(state).toMatchObject({ loads: 2, logged: ['page.gone', 'page.gone'] });
});

it('leaves one that was ended, and one whose window closes or is gone', () => {
  const { state, die } = watched();
  die('clean-exit');
  state.isLeaving = true;
  die();
  state.isLeaving = false;
  state.isDestroyed = true;
  die();
  expect(state.loads).toBe(0);
});

it('gives up where it dies again and again, and begins anew after a minute', () => {
  const { state, clock, die } = watched();
  for (let times = 0; times < 10; times += 1) die();
  expect(state.loads).toBe(MOST_REVIVALS);
  clock.pass(60_000);
  die();
  expect(state.loads).toBe(MOST_REVIVALS + 1);
});

it('logs a page that cannot be loaded', async () => {
  const { state, die } = watched(() => Promise.reject(new Error('no')));
  die();
  await new Promise((resolve) => setImmediate(resolve));
  expect(state.logged).toEqual(['page.gone', 'page.not-loaded']);
});
