import { expect, it } from 'vitest';
import { chenJia, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { openProgram, topUp } from '../kit/program.ts';

it('"Send now" says until when nothing goes after lost replies, and lets one go for whoever insists', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  const shown = async () => (await program.must('app:snapshot', {})).link.heldBackUntilMs;
  for (const { number } of [meiLing, limWei, chenJia]) await program.must('members:find', { query: number });
  const lose = () => program.must('practice:loseNextReply', { lose: true });
  await lose();
  await program.must('topUps:create', topUp(meiLing));
  await program.until(({ counts }) => counts.unknown === 1);
  await program.must('topUps:create', topUp(limWei));
  expect((await program.must('sync:sendNow', {})).why).toBe('held-back');
  // Five seconds are over before they are read.
  expect(await shown()).toBeNull();
  await lose();
  expect(await program.must('sync:sendNow', { insist: true })).toEqual({ why: null });
  await program.until(({ counts }) => counts.unknown === 2);
  await program.must('topUps:create', topUp(chenJia));
  const untilMs = (await shown()) ?? 0;
  expect(untilMs).toBeGreaterThan(0);
  const reply = await program.must('sync:sendNow', {});
  expect(reply.why).toBe('held-back');
  expect(Math.abs((reply.untilMs ?? 0) - untilMs)).toBeLessThan(1_000);
  expect(await program.must('sync:sendNow', { insist: true })).toEqual({ why: null });
  await program.until(({ counts }) => counts.confirmed === 1);
  expect(await shown()).toBeNull();
});
