import { describe, expect, it } from 'vitest';
import { letteredMember, limWei, meiLing, neighbourMember } from '../../main/hosts/practice/members.ts';
import { openProgram, topUp } from '../kit/program.ts';

describe('the counter', () => {
  it('refuses a top-up for another member than was seen', async () => {
    const program = openProgram();
    await program.till.start();
    await program.must('setup:openPractice', {});
    for (const { number } of [meiLing, limWei]) await program.must('members:find', { query: number });
    const mixed = { ...meiLing, name: limWei.name };
    expect(await program.call('topUps:create', topUp(mixed))).toMatchObject({
      error: { code: 'member-changed' },
    });
    expect((await program.must('app:snapshot', {})).activity).toEqual([]);
  });

  it('finds a card with letters whatever its case, and never its neighbour', async () => {
    const program = openProgram();
    await program.till.start();
    await program.must('setup:openPractice', {});
    await program.until(({ directory }) => directory.complete);
    for (const query of ['VIP-0012', 'vip-0012', 'ＶＩＰ－００１２']) {
      const { members } = await program.must('members:find', { query });
      expect(members.map(({ name }) => name)).toEqual([letteredMember.name]);
    }
    const { members } = await program.must('members:find', { query: '0012' });
    expect(members.map(({ name }) => name)).toEqual([neighbourMember.name]);
    expect(await program.call('members:answer', { lookUp: 'none' })).toMatchObject({
      error: { code: 'member-not-found' },
    });
  });

  it('shows a refusal until somebody has seen it, over a restart too', async () => {
    const program = openProgram();
    await program.till.start();
    await program.must('setup:openPractice', {});
    await program.must('members:find', { query: meiLing.number });
    program.till.session()?.hosts.practice?.addFault({
      fault: { kind: 'error', messages: ['Customer does not exist'], when: 'before' },
      method: 'updateBalancePointByIncrement',
      times: 1,
    });
    const { id } = await program.must('topUps:create', topUp(meiLing));
    const shown = await program.until(({ counts }) => counts.rejected === 1);
    const one = { entries: 1, balance: '10', point: '0' };
    expect(shown).toMatchObject({ refusals: 1, today: { refused: one, done: { entries: 0 } } });
    expect(shown.activity).toMatchObject([{ state: 'rejected', needsAcknowledgement: true }]);
    const card = () => program.must('members:card', { customerUid: meiLing.customerUid });
    expect(await card()).toMatchObject({ refused: one, recent: [{ id }] });
    for (const _ of [1, 2])
      expect(await program.must('entries:acknowledge', { id })).toMatchObject({
        needsAcknowledgement: false,
      });
    expect(await card()).toMatchObject({ refused: { entries: 0 }, recent: [{ id }] });
    await program.must('setup:leavePractice', {});
    await program.must('setup:openPractice', {});
    const after = await program.until(({ mode }) => mode === 'practice');
    expect(after).toMatchObject({ refusals: 0, today: { refused: one }, journalProblem: null });
  });

  it('says why nothing goes, and is offline once an attempt told so', async () => {
    const program = openProgram();
    await program.till.start();
    await program.must('setup:openPractice', {});
    await program.must('members:find', { query: meiLing.number });
    expect(await program.must('sync:sendNow', {})).toEqual({ why: 'nothing-waiting' });
    await program.must('practice:setPlug', { in: false });
    expect((await program.must('app:snapshot', {})).link.state).toBe('online');
    await program.must('topUps:create', topUp(meiLing));
    await program.until(({ link }) => link.state === 'offline');
    expect(await program.must('sync:sendNow', {})).toEqual({ why: 'offline' });
    await program.must('practice:setPlug', { in: true });
    await program.until(
      ({ link, counts }) => link.state === 'online' && counts.queued + counts.sending === 0,
    );
  });
});
