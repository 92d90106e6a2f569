import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill, runApp, testFolder, timeoutMs } from '../support/electron-app.ts';
import { answer, twoEntries } from '../support/electron-commands.ts';
import { takeMember, topUp, untilRows } from '../support/electron-till.ts';
import { forgeSignature } from '../support/forge.ts';

// What an installer that somebody starts by hand asks of the program: the new one to prove itself, the old one to end.

it('proves itself on a copy beside a till that sells on, and says no where the records do not verify', async () => {
  const { folder, page, kill } = await twoEntries();
  const proven = await runApp(folder, ['--prove']);
  expect([proven.code, answer(proven)]).toMatchObject([0, { ok: true, problems: [] }]);
  expect(existsSync(join(folder, 'proof'))).toBe(false);
  await untilRows(page, 1, 'Waiting');
  await kill();
  forgeSignature(join(folder, 'live', 'counterfoil.db'), 1);
  const broken = await runApp(folder, ['--prove']);
  expect([broken.code, answer(broken)]).toMatchObject([
    1,
    { ok: false, problems: [expect.stringContaining('entry 1: its signature')] },
  ]);
  // Where there is nothing, there is nothing to prove.
  rmSync(join(folder, 'live'), { recursive: true });
  const nothing = await runApp(testFolder(), ['--prove']);
  expect([nothing.code, answer(nothing)]).toMatchObject([0, { ok: true }]);
}, 120_000);

it('ends when it is asked to, although entries wait, but not while something is typed', async () => {
  const store = await startPracticeStore();
  const { folder, page, untilEnded } = await openTill(store);
  await takeMember(page, meiLing);
  await store.setPlug(false);
  await topUp(page, meiLing, '10');
  await untilRows(page, 1, 'Waiting');
  await takeMember(page, meiLing);
  const held = await runApp(folder, ['--quit']);
  expect(held.code).toBe(0);
  const log = () => readFileSync(join(folder, 'logs', 'till.log'), 'utf8');
  await expect.poll(log, { timeout: timeoutMs }).toContain('quit.not-now');
  expect(await page.title()).not.toBe('');
  await page.keyboard.press('Escape');
  await expect
    .poll(async () => (await runApp(folder, ['--quit'])).code === 0 && log().includes('quit.asked'), {
      timeout: timeoutMs,
    })
    .toBe(true);
  await untilEnded();
  expect(log()).toContain('till.closed');
  // None runs any more: there is nobody to ask, and no window comes.
  const none = await runApp(folder, ['--quit']);
  expect([none.code, none.stdout]).toEqual([0, '']);
}, 120_000);
