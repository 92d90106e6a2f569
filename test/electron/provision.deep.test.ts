import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, provisioningFile, runApp, testFolder } from '../support/electron-app.ts';
import { answer } from '../support/electron-commands.ts';
import { openSettings } from '../support/electron-settings.ts';
import { managerPin, words } from '../support/electron-till.ts';

it('takes settings for a till that has a PIN only from a file that has it too', async () => {
  const store = await startPracticeStore();
  const folder = testFolder();
  const imported = async (file: Parameters<typeof provisioningFile>[1]) => {
    const end = await runApp(folder, [`--provision=${provisioningFile(store, file)}`, '--no-window']);
    expect(end.code).toBe(0);
    return answer(end);
  };
  const callsPerDay = (count: number) => ({ policy: { callsPerDay: count } });
  expect(await imported({ managerPin, ...callsPerDay(555) })).toMatchObject({ warnings: [] });
  expect(await imported(callsPerDay(666))).toMatchObject({ warnings: ['policy-not-used'] });
  expect(await imported({ managerPin: '940218', ...callsPerDay(777) })).toMatchObject({
    warnings: ['manager-pin-not-used', 'policy-not-used'],
  });
  const shown = async () => {
    const { page, close } = await openApp({ folder });
    await openSettings(page, 'offline', true);
    const value = await page.getByLabel(words('policy.fields.callsPerDay')).inputValue();
    await close();
    return value;
  };
  expect(await shown()).toBe('555');
  expect(await imported({ managerPin, ...callsPerDay(888) })).toMatchObject({ warnings: [] });
  expect(await shown()).toBe('888');
});
