import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { itOnPosix } from '../kit/posix.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, provisioningFile, runApp, testFolder } from '../support/electron-app.ts';
import { answer } from '../support/electron-commands.ts';
import { axeFindings } from '../support/electron-look.ts';
import { openSettings, openTab } from '../support/electron-settings.ts';
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

itOnPosix(
  'shows what this computer’s IT has set, locked and why, and what is wrong with its file',
  async () => {
    const store = await startPracticeStore();
    const file = join(testFolder(), 'policy.json');
    const env = { COUNTERFOIL_POLICY_FILE: file };
    const folder = testFolder();
    await runApp(folder, [`--provision=${provisioningFile(store, { managerPin })}`, '--no-window']);
    writeFileSync(file, '{"callsPerDay":777,"keypad":false,"screenLanguage":"en","tenders":["cash"]}');
    const first = await openApp({ folder, env });
    await openSettings(first.page, 'offline', true);
    const calls = first.page.getByLabel(words('policy.fields.callsPerDay'));
    await expect.poll(() => calls.inputValue()).toBe('777');
    expect(await calls.isDisabled()).toBe(true);
    expect(await first.page.getByLabel(words('policy.fields.memberKeptMs')).isDisabled()).toBe(false);
    await first.page.getByText(words('fixed.it')).waitFor();
    expect(await axeFindings(first.page)).toEqual([]);
    await openTab(first.page, 'screen');
    expect(await first.page.getByLabel(words('policy.switches.keypad')).isDisabled()).toBe(true);
    expect(await first.page.getByText(words('fixed.it')).count()).toBe(2);
    await openTab(first.page, 'pay');
    expect(await first.page.getByLabel(words('policy.fields.ownTenders')).isDisabled()).toBe(true);
    expect(first.complaints).toEqual([]);
    await first.close();

    writeFileSync(file, '{"callsPerDay":"many"}');
    const { page } = await openApp({ folder, env });
    await openSettings(page, 'offline', true);
    await page.getByText('it-policy-invalid').waitFor();
    expect(await page.getByLabel(words('policy.fields.callsPerDay')).inputValue()).toBe('777');
    expect(await page.getByLabel(words('policy.fields.callsPerDay')).isDisabled()).toBe(false);
  },
);

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
