import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, provisioningFile, runApp, testFolder } from '../support/electron-app.ts';
import { answer } from '../support/electron-commands.ts';
import { openSettings } from '../support/electron-settings.ts';
import { managerPin, words } from '../support/electron-till.ts';

it('says what an import would come to, imports without a window, and leaves the till ready', async () => {
  const store = await startPracticeStore();
  const folder = testFolder();
  const numbered = { managerPin, tillNumber: 2, tillCount: 3, policy: { callsPerDay: 555 } };
  const file = provisioningFile(store, numbered);
  const before = readFileSync(file, 'utf8');
  const till = { host: store.baseUrl, tillName: 'Counter 1', tillNumber: 2, tillCount: 3 };

  const dry = await runApp(folder, [`--provision=${file}`, '--dry-run']);
  expect([dry.code, answer(dry)]).toEqual([
    0,
    { provisioning: 'would-import', till, problem: null, wiped: null, warnings: [] },
  ]);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(existsSync(join(folder, 'live'))).toBe(false);

  const done = await runApp(folder, [`--provision=${file}`, '--no-window']);
  expect([done.code, answer(done)]).toEqual([
    0,
    { provisioning: 'imported', till, problem: null, wiped: true, warnings: [] },
  ]);
  expect(done.stdout).toContain('Manager recovery code: ');
  expect(readFileSync(file, 'utf8')).not.toContain(store.appKey);

  const again = await runApp(folder, [`--provision=${file}`, '--no-window']);
  expect([again.code, answer(again)]).toMatchObject([0, { provisioning: 'imported-before' }]);

  const { page } = await openApp({ folder });
  await openSettings(page, 'offline', true);
  await expect.poll(() => page.getByLabel(words('policy.fields.callsPerDay')).inputValue()).toBe('555');
  const running = await runApp(folder, [`--provision=${provisioningFile(store)}`, '--no-window']);
  expect(running.code).toBe(15);
});

it('refuses each in words and with a code of its own', async () => {
  const store = await startPracticeStore();
  const folder = testFolder();
  const wrong = await runApp(folder, [
    `--provision=${provisioningFile(store, { currency: 'x' })}`,
    '--dry-run',
  ]);
  expect([wrong.code, answer(wrong)]).toMatchObject([
    10,
    { provisioning: 'refused', problem: { code: 'provisioning-invalid', details: { field: 'currency' } } },
  ]);
  const refused = await runApp(folder, [`--provision=${join(folder, 'none.json')}`, '--no-window']);
  expect([refused.code, answer(refused)]).toMatchObject([10, { provisioning: 'refused' }]);
  const misused = await runApp(folder, ['--dry-run']);
  expect([misused.code, misused.stderr]).toEqual([
    2,
    expect.stringContaining('--dry-run needs --provision=FILE.'),
  ]);
});
