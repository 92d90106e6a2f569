import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { databaseFile, practiceFolder } from '../../main/kernel/folders.ts';
import { openProgram, topUp } from '../kit/program.ts';

const pin = '864209';

it('a manager gives the till another number, which counts at once, stays, and is in the journal', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin, appKey: '' });
  const wanted = { tillNumber: 7, tillCount: 60, pin };
  const numbering = async () => (await program.must('app:snapshot', {})).till;
  expect(await program.call('setup:setPlace', { ...wanted, pin: '111111' })).toMatchObject({
    error: { code: 'manager-pin-wrong' },
  });
  expect(await program.call('setup:setPlace', { ...wanted, tillCount: 6 })).toMatchObject({
    error: { code: 'invalid-request', details: { field: 'tillNumber' } },
  });
  expect(await numbering()).toMatchObject({ number: 1, count: 1 });

  await program.must('setup:setPlace', wanted);
  expect(await numbering()).toMatchObject({ number: 7, count: 60 });
  await program.must('members:find', { query: meiLing.number });
  await program.must('topUps:create', topUp(meiLing));
  await program.until(({ counts }) => counts.confirmed === 1);
  await program.till.stop(1_000);

  const again = openProgram({ folder: program.folder, vault: program.vault });
  await again.till.start();
  const { till, journalProblem } = await again.must('app:snapshot', {});
  // Nothing is called altered from outside.
  expect([till?.number, till?.count, journalProblem]).toEqual([7, 60, null]);
  await again.till.stop(1_000);

  const db = new Database(databaseFile(practiceFolder(program.folder)), { readonly: true });
  const { second } = db.prepare('SELECT data_change_time AS second FROM increment').get() as {
    second: string;
  };
  expect(second.slice(-2)).toBe('07');
  const { content } = db.prepare("SELECT content FROM journal WHERE reason = 'till number'").get() as {
    content: string;
  };
  expect(JSON.parse(content)).toEqual({ from: '1 of 1', to: '7 of 60' });
  db.close();
});
