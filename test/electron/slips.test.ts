import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { dialog, list, openSlips } from '../support/electron-slips.ts';
import { managerPin, untilText, words } from '../support/electron-till.ts';

it('is beside the backups, and asks for the PIN, or for the code of whoever has forgotten it', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await openSlips(page);
  await dialog(page).getByLabel(words('manager.pin')).fill('000001');
  await dialog(page)
    .getByRole('button', { name: words('slips.begin') })
    .click();
  await untilText(dialog(page), words('errors.manager-pin-wrong'));
  expect(await list(page).count()).toBe(0);
  expect(await dialog(page).getByLabel(words('slips.code')).count()).toBe(0);
  await dialog(page)
    .getByRole('button', { name: words('waysOut.recover') })
    .click();
  const recover = page.getByRole('dialog', { name: words('manager.recoverTitle') });
  await recover.getByLabel(words('manager.code')).fill('AAAAA-AAAAA-AAAAA-AAAAA');
  for (const label of ['manager.newPin', 'manager.repeat'] as const)
    await recover.getByLabel(words(label), { exact: true }).fill('314159');
  await recover.getByRole('button', { name: words('manager.recover') }).click();
  await untilText(recover, words('errors.recovery-code-wrong'));
});
