import { expect, it } from 'vitest';
import { createQuit } from '../../main/app/electron/quit.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { createTillUse, type TillUse } from '../../main/updates/till-use.ts';
import type { UpdateStatus } from '../../preload/contract/index.ts';
import { logLines } from '../app/ipc/support.ts';
import { LIVE_PIN, openLiveProgram } from '../kit/live-program.ts';

function program(use: Pick<TillUse, 'busy'>, state: UpdateStatus['state'] | null = null) {
  const { lines, logger } = logLines();
  const done: string[] = [];
  const updates = state === null ? null : { status: () => ({ state }) as UpdateStatus };
  const quit = createQuit({ use, updates, logger, quit: () => void done.push('quit') });
  return { quit, done, lines };
}

const nothing = { sending: 0, checkUpOpen: false, countOpen: false };

it('a till that is asked to end does so where nobody is in the middle of something', () => {
  const use = createTillUse();
  const { quit, done } = program(use);
  use.attach(() => nothing);
  // Somebody stands there: whoever asks has come to do that.
  use.page('in-use');
  quit();
  expect(done).toEqual(['quit']);
});

it.each([
  ['an entry is on its way', { sending: 1 }, 'free', 'sending'],
  ['the check-up of the host is open', { checkUpOpen: true }, 'free', 'check-up'],
  ['the drawer is counted', { countOpen: true }, 'free', 'count'],
  ['something is typed', {}, 'form', 'form'],
  ['a review is open', {}, 'review', 'review'],
] as const)('it stays while %s, and says so in its log', (_, change, page, why) => {
  const use = createTillUse();
  const { quit, done, lines } = program(use);
  const detach = use.attach(() => ({ ...nothing, ...change }));
  use.page(page);
  quit();
  expect(done).toEqual([]);
  expect(JSON.stringify(lines)).toContain(why);
  detach();
  use.page('free');
  quit();
  expect(done).toEqual(['quit']);
});

it('it stays while it puts a version in place', () => {
  const use = createTillUse();
  const { quit, done } = program(use, 'installing');
  quit();
  expect(done).toEqual([]);
  const ready = program(use, 'ready');
  ready.quit();
  expect(ready.done).toEqual(['quit']);
});

it('an open till lets it be known what it is about, also without a way to updates', async () => {
  const use = createTillUse();
  const { must, till } = await openLiveProgram({ use });
  await must('updates:inUse', { use: 'free' });
  expect(use.busy()).toEqual([]);
  await must('updates:inUse', { use: 'form' });
  expect(use.busy()).toEqual(['form']);
  await must('updates:inUse', { use: 'free' });
  await must('checkUp:start', { memberNumber: meiLing.number, pin: LIVE_PIN });
  expect(use.busy()).toEqual(['check-up']);
  await till.stop(0);
  expect(use.busy()).toEqual([]);
});
