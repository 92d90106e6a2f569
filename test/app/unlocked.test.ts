import { expect, it } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { LIVE_PIN, openLiveProgram } from '../kit/live-program.ts';
import { openProgram, type Program } from '../kit/program.ts';

const PIN = '730194';

async function openShop() {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin: PIN, appKey: '' });
  return program;
}

const save = (program: Program) => program.call('policy:save', { policy: defaultPolicy('SGD') });
const untilMs = (program: Program) => program.till.snapshot().managerUnlockedUntilMs;

it('asks for no PIN while a manager has unlocked the till, and tells until when', async () => {
  const program = await openShop();
  expect(await save(program)).toMatchObject({ error: { code: 'manager-locked' } });
  await program.must('manager:unlock', { pin: PIN });
  expect(untilMs(program)).toBeGreaterThan(Date.now());
  expect((await save(program)).ok).toBe(true);
  await program.must('manager:lock', {});
  expect(untilMs(program)).toBeNull();
  expect(await save(program)).toMatchObject({ error: { code: 'manager-locked' } });
});

const endings: readonly [how: string, ends: (program: Program) => Promise<unknown> | unknown][] = [
  ['the PC sleeps or its screen is locked', ({ till }) => till.session()?.left()],
  ['the PC wakes up', ({ till }) => till.wokeUp()],
  [
    'another till number opens it anew',
    ({ must }) => must('setup:setPlace', { tillNumber: 1, tillCount: 2 }),
  ],
  ['somebody gives a wrong PIN', ({ call }) => call('sync:resume', { pin: '000000' })],
  [
    'somebody tries the recovery code',
    ({ call }) => call('manager:recover', { recoveryCode: 'x', pin: '940218' }),
  ],
];

it.each(endings)('is locked again where %s', async (_, ends) => {
  const program = await openShop();
  await program.must('manager:unlock', { pin: PIN });
  await ends(program);
  expect(untilMs(program)).toBeNull();
  expect(await save(program)).toMatchObject({ error: { code: 'manager-locked' } });
});

it('never lets the first PIN of a till or a key go by without it', async () => {
  const program = await openLiveProgram();
  await program.must('manager:unlock', { pin: LIVE_PIN });
  expect(await program.call('setup:replaceKey', { appKey: 'k', pin: '000000' })).toMatchObject({
    error: { code: 'manager-pin-wrong' },
  });
});
