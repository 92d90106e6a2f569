import { expect, it } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { openProgram, topUp } from '../../kit/program.ts';

const PIN = '730194';

it('a manager matches the day, and anybody at the till reads what came of it', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin: PIN, appKey: '' });
  await program.must('manager:lock', {});
  await program.must('members:find', { query: meiLing.number });
  await program.must('topUps:create', topUp(meiLing));
  await program.until(({ counts }) => counts.confirmed === 1);
  const { today } = program.till.snapshot();
  const ask = { of: 'days', from: today.storeDay, to: today.storeDay } as const;

  expect((await program.must('matching:plan', { ask })).log).toBe('not-asked');
  expect(await program.must('matching:pile', { pile: 'matched', from: 0 })).toEqual({ found: null });
  expect(await program.call('matching:start', { ask })).toMatchObject({ error: { code: 'manager-locked' } });
  expect(await program.call('matching:start', { ask, pin: '111222' })).toMatchObject({
    error: { code: 'manager-pin-wrong' },
  });
  expect(program.till.snapshot().matching).toBeNull();

  await program.must('matching:start', { ask, pin: PIN });
  const { matching } = await program.until((shown) => shown.matching?.state === 'done');
  expect(matching).toMatchObject({ ask, why: null, calls: 1, rows: 0 });
  // A till at which nobody is set up has the PIN of a manager, and no name.
  await program.till.session()?.day.matching.daysStored();
  expect(program.till.session()?.day.matching.matchOf(today.storeDay)?.by).toBeNull();
  // The practice store's log does not list what programs do.
  const { found } = await program.must('matching:pile', { pile: 'only-ours', from: 0 });
  expect(found).toMatchObject({ all: 1, summary: { log: 'not-asked', logEndsAt: null } });
  expect(found?.items).toMatchObject([
    { reason: 'silent', rows: [], entries: [{ memberName: meiLing.name, balanceIncrement: '10' }] },
  ]);
  expect((await program.must('matching:pile', { pile: 'only-ours', from: 1 })).found?.items).toEqual([]);
});
