import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import type { Integrity } from '../../main/safety/integrity/integrity.ts';
import { checkHere } from '../../main/safety/integrity/integrity.ts';
import { addEntry, confirm } from '../bench/filled-till.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openProgram, topUp } from '../kit/program.ts';

const PAGE_BYTES = 4_096;
const TABLE_LEAF = 0x0d;

/** A page in the middle of the journal: the rows that a start verifies are in the last one. */
function damageOldPage(file: string): void {
  const bytes = readFileSync(file);
  const pages = Array.from({ length: bytes.length / PAGE_BYTES }, (_, page) => page * PAGE_BYTES).filter(
    (at) => bytes[at] === TABLE_LEAF && bytes.subarray(at, at + PAGE_BYTES).includes('added'),
  );
  const middle = pages[Math.floor(pages.length / 2)] ?? 0;
  bytes.fill(0xa5, middle, middle + 200);
  writeFileSync(file, bytes);
}

/** A look that ends when it is let go. */
function heldBack() {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const integrity: Integrity = {
    ...checkHere,
    checkPages: async (file) => {
      await held;
      return checkHere.checkPages(file);
    },
  };
  return { integrity, letGo };
}

/** A live till of some hundred entries, closed. */
async function usedTill() {
  const store = await startPracticeStore();
  const program = openProgram();
  await program.till.start();
  await program.must('setup:connect', {
    ...{ host: store.baseUrl, appId: store.appId, appKey: store.appKey, tillName: 'Counter 1' },
    ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en', managerPin: '864209' },
  });
  const session = program.till.session();
  if (session === null) throw new Error('not open');
  await program.must('members:find', { query: meiLing.number });
  session.kernel.runInTransaction(() => {
    for (let index = 1; index <= 400; index += 1) confirm(session, addEntry(session, index));
  });
  await program.till.stop(0);
  const { folder, vault } = program;
  return { store, folder, vault, file: databaseFile(liveFolder(folder)) };
}

it('takes entries while its data is looked at after a start, and sends them once that is whole', async () => {
  const { store, folder, vault } = await usedTill();
  const { integrity, letGo } = heldBack();
  const program = openProgram({ folder, vault, backups: { integrity } });
  await program.till.start();
  await program.must('topUps:create', topUp(meiLing));
  expect(program.till.snapshot().link).toMatchObject({ state: 'paused', pause: { reason: 'data-check' } });
  expect(await program.must('sync:sendNow', {})).toMatchObject({ why: 'paused' });
  expect(store.increments()).toHaveLength(0);
  letGo();
  await program.until(({ link }) => link?.state === 'online');
  await program.until(() => store.increments().length === 1);
});

it('where a page that no start reads is damaged, sends nothing, closes, says so, and opens no more', async () => {
  const { store, folder, vault, file } = await usedTill();
  damageOldPage(file);
  const { integrity, letGo } = heldBack();
  const program = openProgram({ folder, vault, backups: { integrity } });
  await program.till.start();
  await program.must('topUps:create', topUp(meiLing));
  letGo();
  const broken = await program.until(({ mode }) => mode === 'broken');
  expect(broken.problem).toMatchObject({ code: 'database-corrupt' });
  expect(program.till.session()).toBeNull();
  await program.till.stop(0);

  const next = openProgram({ folder, vault });
  await next.till.start();
  expect(next.till.snapshot()).toMatchObject({ mode: 'broken', problem: { code: 'database-corrupt' } });
  expect(next.pushed.map(({ mode }) => mode)).not.toContain('live');
  expect(store.increments()).toHaveLength(0);
});
