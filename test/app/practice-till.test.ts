import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { databaseFile, practiceFolder } from '../../main/kernel/folders.ts';
import type { ChannelName } from '../../preload/contract/index.ts';
import { realRandom } from '../kit/practice-store.ts';
import { openProgram, topUp } from '../kit/program.ts';

const id = realRandom.uuid();

describe('a person at the practice till', () => {
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
    expect(await program.must('find:rows', { ids: [saved.id] })).toMatchObject({
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
    await program.till.start();
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
    await program.till.start();
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
    await program.till.start();
    await program.must('setup:openPractice', {});
    await program.must('manager:makePin', { pin: '864209', appKey: '' });
    const { policy } = await program.must('policy:get', {});
    const wrong = { pin: '111119' };
    const asked: [ChannelName, object][] = [
      ['review:answer', { id, version: 1, answer: 'arrived', ...wrong }],
      ['review:answer', { id, version: 1, answer: 'send', ...wrong }],
      ['review:answer', { id, version: 1, answer: 'drop', ...wrong }],
      ['policy:save', { policy: { ...policy, tillNumbersDeclared: true }, ...wrong }],
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
    expect(await program.must('policy:get', {})).toMatchObject({ policy });
    expect((await program.must('app:snapshot', {})).checkUp).toMatchObject({ state: 'never' });
  });

  it('keeps what a manager sets, shows it at once, and refuses what would be less careful', async () => {
    const program = openProgram();
    await program.till.start();
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

  it('has no plug in a live till, and no live key to replace in practice', async () => {
    const program = openProgram();
    await program.till.start();
    await program.must('setup:openPractice', {});
    await program.must('manager:makePin', { pin: '864209', appKey: '' });
    expect(await program.call('setup:replaceKey', { appKey: 'k', pin: '864209' })).toMatchObject({
      error: { code: 'not-from-practice' },
    });
  });
});

it('says what is wrong with the database, and never "saved"', async () => {
  const program = openProgram();
  await program.till.start();
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
