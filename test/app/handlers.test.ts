import { describe, expect, it } from 'vitest';
import { configureLive } from '../../main/app/live-account.ts';
import { type ChannelName, channelNames } from '../../preload/contract/index.ts';
import { anyArgs } from '../kit/any-args.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openProgram } from '../kit/program.ts';
import { configFor, temporaryFolder } from '../kit/till.ts';

describe('before there is a till', () => {
  const alone: Partial<Record<ChannelName, string>> = {
    'setup:test': 'host-invalid',
    'setup:connect': 'host-invalid',
    'setup:leavePractice': 'not-in-practice',
    'support:saveDiagnostics': 'invalid-request',
    'restore:look': 'backup-not-found',
    'restore:start': 'backup-not-found',
    'restore:neverOpened': 'not-moved',
    'updates:check': 'update-off',
  };

  const needNone: readonly ChannelName[] = [
    'app:snapshot',
    'app:close',
    'app:drawn',
    'app:openAgain',
    'app:showSaved',
    'setup:openPractice',
    'support:diagnostics',
    'support:about',
    'restore:find',
    'restore:moved',
    'station:get',
    'updates:inUse',
  ];

  it.each(channelNames.filter((name) => !needNone.includes(name)))('%s answers with a code', async (name) => {
    const program = openProgram();
    await program.till.start();
    const result = await program.call(name, anyArgs[name]);
    expect(result).toMatchObject({ ok: false, error: { code: alone[name] ?? 'not-set-up' } });
  });

  it('the question whether to close is in every snapshot, and its answer goes to the window', async () => {
    const program = openProgram();
    await program.till.start();
    program.till.askToClose(2);
    await program.until(({ closing }) => closing === 2);
    await program.must('app:close', { answer: 'stay' });
    expect(program.closingAnswers).toEqual(['stay']);
    program.till.askToClose(0);
    await program.until(({ closing }) => closing === 0);
  });

  it('the screen says that this is the first start', async () => {
    const program = openProgram();
    await program.till.start();
    expect(await program.must('app:snapshot', {})).toMatchObject({
      mode: 'first-run',
      problem: null,
      till: null,
    });
  });
});

it('in the practice till every channel has a room that answers it', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  const unanswered: string[] = [];
  // The last one leaves it.
  const names = channelNames.filter((name) => name !== 'setup:leavePractice');
  for (const name of [...names, 'setup:leavePractice'] as const) {
    const answer = await program.call(name, anyArgs[name]);
    if (!answer.ok && answer.error.code === 'not-set-up') unanswered.push(name);
  }
  expect(unanswered).toEqual([]);
});

it('on a till that is set up nothing is sent to a host that the page names', async () => {
  const elsewhere = await startPracticeStore();
  const folder = temporaryFolder();
  configureLive(folder, configFor(await startPracticeStore()), Buffer.alloc(32, 9));
  const program = openProgram({ folder });
  await program.till.start();
  const { tillNumber: _, tillCount: __, ...typed } = { ...configFor(elsewhere), appKey: elsewhere.appKey };
  const refused = { ok: false, error: { code: 'invalid-request' } };
  expect(await program.call('setup:test', typed)).toMatchObject(refused);
  expect(await program.call('setup:connect', { ...typed, managerPin: '4826' })).toMatchObject(refused);
  expect(elsewhere.calls()).toEqual([]);
});
