import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { openProgram, topUp } from './support.ts';

it('"Send now" says until when nothing goes after a lost reply, and lets one go for whoever insists', async () => {
  const program = openProgram();
  await program.must('setup:openPractice', {});
  for (const { number } of [meiLing, limWei]) await program.must('members:find', { query: number });
  await program.must('practice:loseNextReply', { lose: true });
  await program.must('topUps:create', topUp(meiLing));
  await program.until(({ counts }) => counts.unknown === 1);
  await program.must('topUps:create', topUp(limWei));
  const { link } = await program.must('app:snapshot', {});
  expect(link.heldBackUntilMs).toBeGreaterThan(0);
  const held = await program.must('sync:sendNow', {});
  expect(held.held).toBe('held-back');
  expect(Math.abs((held.untilMs ?? 0) - (link.heldBackUntilMs ?? 0))).toBeLessThan(1_000);
  expect(await program.must('sync:sendNow', { insist: true })).toEqual({ held: null });
  await program.until(({ counts }) => counts.confirmed === 1);
  expect((await program.must('app:snapshot', {})).link.heldBackUntilMs).toBeNull();
});
