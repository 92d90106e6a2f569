import { expect, it } from 'vitest';
import { createScreen } from '../../main/app/screen.ts';
import type { Changes } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';
import { silentLogger } from '../kit/till.ts';

function open() {
  const clock = createTestClock();
  const pushed: Changes['topics'][] = [];
  const onChanges = ({ topics }: Changes) => pushed.push(topics) > 0;
  const screen = createScreen({ clock, logger: silentLogger, session: () => null, onChanges });
  return { clock, pushed, screen };
}

it('a window that asks before the till is open is shown that it opens, and not the first start', () => {
  const { screen, pushed, clock } = open();
  screen.hold();
  expect(screen.snapshot()).toMatchObject({ mode: 'opening', problem: null });
  screen.release({ mode: 'first-run', problem: null });
  clock.advance(30);
  expect(pushed).toEqual([{ mode: 'first-run' }]);
});

it('a program that is replaced before a till is open says so, until a till is', () => {
  const { screen, pushed, clock } = open();
  screen.snapshot();
  const installing = { ...screen.snapshot().update, state: 'installing' as const, version: '2.0.0' };
  screen.updating(installing);
  clock.advance(30);
  expect(pushed).toEqual([{ update: installing }]);
  screen.hold();
  screen.release({ mode: 'first-run', problem: null });
  clock.advance(30);
  expect(pushed.at(-1)).toMatchObject({ mode: 'first-run', update: { state: 'off', version: null } });
});
