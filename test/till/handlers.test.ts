import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseFile, practiceFolder } from '../../main/compose.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { configureLive } from '../../main/live-account.ts';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { type ChannelName, channelNames } from '../../preload/contract/index.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openProgram, stranger, topUp } from '../kit/program.ts';
import { configFor, temporaryFolder } from '../kit/till.ts';

const id = realRandom.uuid();
const anyArgs: Record<ChannelName, object> = {
  'app:snapshot': {},
  'backups:get': {},
  'backups:now': { pin: '1234' },
  'backups:choosePlace': { passphrase: 'four words and more', pin: '1234' },
  'backups:move': { passphrase: 'four words and more', pin: '1234' },
  'backups:forgetPlace': { pin: '1234' },
  'backups:acknowledgeRestore': { pin: '1234' },
  'restore:find': { elsewhere: false },
  'restore:look': { id: '0' },
  'restore:start': { id: '0', otherMachine: false },
  'app:close': { answer: 'stay' },
  'setup:test': {
    host: '',
    appId: '',
    appKey: '',
    tillName: '',
    storeTimeZone: '',
    currency: '',
    language: '',
  },
  'setup:connect': {
    host: '',
    appId: '',
    appKey: '',
    tillName: '',
    storeTimeZone: '',
    currency: '',
    language: '',
    managerPin: '',
  },
  'setup:replaceKey': { appKey: 'k', pin: '1' },
  'setup:setPlace': { tillNumber: 1, tillCount: 2, pin: '1' },
  'setup:openPractice': {},
  'setup:leavePractice': {},
  'members:find': { query: 'x' },
  'members:answer': { lookUp: '1' },
  'members:card': { customerUid: '1' },
  'topUps:create': topUp(stranger),
  'entries:cancel': { id },
  'entries:acknowledge': { id },
  'entries:reverse': { id, requestId: id, pin: '1' },
  'entries:search': { query: '' },
  'sync:sendNow': {},
  'sync:resume': { pin: '1' },
  'sync:networkChanged': { online: true },
  'review:list': {},
  'review:answer': { id, version: 1, answer: 'arrived', pin: '1' },
  'review:correct': { doubtId: id, pin: '1' },
  'review:dismiss': { doubtId: id, pin: '1' },
  'review:print': {},
  'policy:get': {},
  'policy:save': { policy: defaultPolicy('SGD'), pin: '1' },
  'policy:continueOffline': { pin: '1' },
  'checkUp:start': { memberNumber: '1', pin: '1' },
  'checkUp:stop': { pin: '1' },
  'manager:makePin': { pin: '1', appKey: '' },
  'manager:unlock': { pin: '1' },
  'manager:lock': {},
  'manager:recover': { recoveryCode: 'x', pin: '1' },
  'practice:setPlug': { in: true },
  'practice:loseNextReply': { lose: true },
  'support:diagnostics': {},
  'support:saveDiagnostics': { id },
  'support:about': {},
  'station:get': {},
  'station:save': { startAtLogin: true, kiosk: false, pin: '1' },
  'station:leaveKiosk': { pin: '1' },
  'updates:check': {},
  'updates:installNow': { pin: '1' },
  'updates:inUse': { use: 'form' },
};

describe('before there is a till', () => {
  const alone: Partial<Record<ChannelName, string>> = {
    'setup:test': 'host-invalid',
    'setup:connect': 'host-invalid',
    'setup:leavePractice': 'not-in-practice',
    'support:saveDiagnostics': 'invalid-request',
    'restore:look': 'backup-not-found',
    'restore:start': 'backup-not-found',
    'updates:check': 'update-off',
  };

  const needNone: readonly ChannelName[] = [
    'app:snapshot',
    'app:close',
    'setup:openPractice',
    'support:diagnostics',
    'support:about',
    'restore:find',
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

describe('the practice till, channel by channel', () => {
  it('has a room that answers each', async () => {
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

  it('goes from the first screen to a credit and back again', async () => {
    const program = openProgram();
    await program.till.start();
    await program.must('setup:openPractice', {});
    await program.until(({ mode }) => mode === 'practice');
    const { members } = await program.must('members:find', { query: meiLing.number });
    expect(members).toMatchObject([{ customerUid: meiLing.customerUid, source: 'kybio' }]);
    const asked = topUp(meiLing);
    const saved = await program.must('topUps:create', asked);
    expect(saved).toMatchObject({ balanceIncrement: '10', memberName: meiLing.name });
    expect((await program.must('topUps:create', asked)).id).toBe(saved.id);
    await program.until(({ counts }) => counts.confirmed === 1);
    expect(await program.must('entries:search', { query: 'mei' })).toMatchObject({
      entries: [{ state: 'confirmed' }],
    });
    expect(await program.must('members:card', { customerUid: meiLing.customerUid })).toMatchObject({
      balance: '130.00',
    });
    await program.must('setup:leavePractice', {});
    expect((await program.until(({ mode }) => mode !== 'practice')).mode).toBe('first-run');
    await program.must('setup:openPractice', {});
    const again = await program.until(({ mode }) => mode === 'practice');
    expect(again.counts.confirmed).toBe(1);
  });

  it('keeps what is made with the plug out, lets it be cancelled, and sends the rest with the plug in', async () => {
    const program = openProgram();
    await program.must('setup:openPractice', {});
    for (const { number } of [meiLing, limWei]) await program.must('members:find', { query: number });
    await program.must('practice:setPlug', { in: false });
    const kept = await program.must('topUps:create', topUp(meiLing));
    const wrong = await program.must('topUps:create', topUp(limWei));
    await program.until(({ link }) => link.state === 'offline');
    expect(await program.must('entries:cancel', { id: wrong.id })).toMatchObject({ state: 'cancelled' });
    expect(await program.call('entries:cancel', { id: wrong.id })).toMatchObject({ ok: false });
    await program.must('practice:setPlug', { in: true });
    const snapshot = await program.until(({ counts }) => counts.confirmed === 1);
    expect(snapshot.activity.find((entry) => entry.id === kept.id)?.state).toBe('confirmed');
    expect(await program.call('entries:cancel', { id: kept.id })).toMatchObject({
      error: { code: 'entry-touched' },
    });
  });

  it('asks for a manager where one is needed, and makes one once', async () => {
    const program = openProgram();
    await program.must('setup:openPractice', {});
    await program.must('members:find', { query: meiLing.number });
    await program.must('practice:loseNextReply', { lose: true });
    await program.must('topUps:create', topUp(meiLing));
    await program.until(({ counts, practice }) => counts.unknown === 1 && practice?.loseNextReply === false);
    await program.must('members:find', { query: limWei.number });
    const good = await program.must('topUps:create', topUp(limWei));
    await program.until(({ counts }) => counts.confirmed === 1);
    const reverse = (pin: string, entry = good.id) =>
      program.call('entries:reverse', { id: entry, requestId: realRandom.uuid(), pin });
    expect(await reverse('8642')).toMatchObject({ error: { code: 'manager-pin-missing' } });
    expect(await program.call('manager:makePin', { pin: '1', appKey: '' })).toMatchObject({
      error: { code: 'manager-pin-weak' },
    });
    await program.must('manager:makePin', { pin: '864209', appKey: '' });
    expect(await program.call('manager:makePin', { pin: '975310', appKey: '' })).toMatchObject({
      error: { code: 'manager-pin-exists' },
    });
    expect(await reverse('111119')).toMatchObject({ error: { code: 'manager-pin-wrong' } });
    expect(await program.call('sync:resume', { pin: '111119' })).toMatchObject({ ok: false });
    expect(await reverse('864209')).toMatchObject({
      ok: true,
      value: { kind: 'reversal', balanceIncrement: '-10' },
    });
    await program.until(({ counts }) => counts.confirmed === 2);
    expect((await program.must('app:snapshot', {})).managerPinSet).toBe(true);
  });

  it('lets only a manager decide, set the policy, go on offline and check the host up', async () => {
    const program = openProgram();
    await program.must('setup:openPractice', {});
    await program.must('manager:makePin', { pin: '864209', appKey: '' });
    const { policy } = await program.must('policy:get', {});
    const wrong = { pin: '111119' };
    const asked: [ChannelName, object][] = [
      ['review:answer', { id, version: 1, answer: 'arrived', ...wrong }],
      ['review:correct', { doubtId: id, ...wrong }],
      ['review:dismiss', { doubtId: id, ...wrong }],
      ['policy:save', { policy: { ...policy, singleWriter: true }, ...wrong }],
      ['policy:continueOffline', wrong],
    ];
    for (const [channel, args] of asked) {
      expect(await program.call(channel, args as never)).toMatchObject({
        ok: false,
        error: { code: 'manager-pin-wrong' },
      });
    }
    // The fifth wrong one locks the door for the others too.
    expect(await program.call('checkUp:start', { memberNumber: '1', pin: '864209' })).toMatchObject({
      error: { code: 'manager-locked-out' },
    });
    expect(await program.call('checkUp:stop', wrong)).toMatchObject({ ok: false });
    expect(await program.must('policy:get', {})).toEqual({ policy, isAskedAnew: false });
    expect((await program.must('app:snapshot', {})).checkUp).toMatchObject({ state: 'never' });
  });

  it('keeps what a manager sets, shows it at once, and refuses what would be less careful', async () => {
    const program = openProgram();
    await program.must('setup:openPractice', {});
    await program.must('manager:makePin', { pin: '864209', appKey: '' });
    const { policy } = await program.must('policy:get', {});
    const changed = { ...policy, balanceCap: '500' as typeof policy.balanceCap, callsPerDay: 3_000 };
    await program.must('policy:save', { policy: changed, pin: '864209' });
    const snapshot = await program.must('app:snapshot', {});
    expect(snapshot).toMatchObject({ till: { balanceCap: '500' }, budget: { limit: 3_000 } });
    expect(snapshot.offline).toEqual({ sinceMs: null, stopped: false });
    await program.must('members:find', { query: meiLing.number });
    expect(
      await program.call('topUps:create', { ...topUp(meiLing), balanceIncrement: '500.01' }),
    ).toMatchObject({ error: { code: 'above-cap', details: { cap: '500' } } });
    await expect(
      program.call('policy:save', { policy: { ...policy, quiescenceMs: 149_999 }, pin: '864209' }),
    ).rejects.toThrow();
  });

  it('prints, and says so where it cannot', async () => {
    const program = openProgram();
    await program.must('setup:openPractice', {});
    await program.must('review:print', {});
    program.printer.problem = 'no paper';
    expect(await program.call('review:print', {})).toMatchObject({
      error: { code: 'internal', details: { words: 'no paper' } },
    });
    expect(program.printer.printed).toBe(2);
  });

  it('has no plug in a live till, and no live key to replace in practice', async () => {
    const program = openProgram();
    await program.must('setup:openPractice', {});
    await program.must('manager:makePin', { pin: '864209', appKey: '' });
    expect(await program.call('setup:replaceKey', { appKey: 'k', pin: '864209' })).toMatchObject({
      error: { code: 'not-set-up' },
    });
    expect(await program.call('setup:replaceKey', { appKey: '  ', pin: '864209' })).toMatchObject({
      error: { code: 'invalid-request', details: { field: 'appKey' } },
    });
  });
});

it('says what is wrong with the database, and never "saved"', async () => {
  const program = openProgram();
  await program.must('setup:openPractice', {});
  await program.must('members:find', { query: meiLing.number });
  await program.must('practice:setPlug', { in: false });
  const file = new Database(databaseFile(practiceFolder(program.folder)));
  // A trigger is the disk that refuses: the row's insert fails in SQLite itself.
  file.exec("CREATE TRIGGER refuse BEFORE INSERT ON increment BEGIN SELECT RAISE(ABORT, 'no'); END");
  const asked = topUp(meiLing);
  expect(await program.call('topUps:create', asked)).toMatchObject({
    ok: false,
    error: { code: 'database-failed' },
  });
  expect((await program.must('app:snapshot', {})).waiting.entries).toBe(0);
  file.exec('DROP TRIGGER refuse');
  file.close();
  expect(await program.must('topUps:create', asked)).toMatchObject({ state: 'queued' });
});

it('on a till that is set up nothing is sent to a host that the page names', async () => {
  const elsewhere = await startPracticeStore();
  const folder = temporaryFolder();
  configureLive(folder, configFor(await startPracticeStore()), Buffer.alloc(32, 9));
  const program = openProgram({ folder });
  const { tillNumber: _, tillCount: __, ...typed } = { ...configFor(elsewhere), appKey: elsewhere.appKey };
  const refused = { ok: false, error: { code: 'invalid-request' } };
  expect(await program.call('setup:test', typed)).toMatchObject(refused);
  expect(await program.call('setup:connect', { ...typed, managerPin: '4826' })).toMatchObject(refused);
  expect(elsewhere.calls()).toEqual([]);
});
