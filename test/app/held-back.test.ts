import { expect, it } from 'vitest';
import { chenJia, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { openProgram, topUp } from '../kit/program.ts';

it('"Send now" lets one entry go after a lost reply, and an applied one ends the wait', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  for (const { number } of [meiLing, limWei, chenJia]) await program.must('members:find', { query: number });
  const lose = () => program.must('practice:loseNextReply', { lose: true });
  await lose();
  await program.must('topUps:create', topUp(meiLing));
  await program.until(({ counts }) => counts.unknown === 1);
  await lose();
  await program.must('topUps:create', topUp(limWei));
  expect(await program.must('sync:sendNow', {})).toEqual({ why: null });
  await program.until(({ counts }) => counts.unknown === 2);
  await program.must('topUps:create', topUp(chenJia));
  expect(await program.must('sync:sendNow', {})).toEqual({ why: null });
  await program.until(({ counts }) => counts.confirmed === 1);
  expect((await program.must('app:snapshot', {})).link.heldBackUntilMs).toBeNull();
});
