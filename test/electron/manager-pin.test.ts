import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { type } from '../support/electron-keys.ts';
import {
  managerPin,
  memberField,
  rows,
  topUp,
  untilIncrements,
  untilRows,
  words,
} from '../support/electron-till.ts';

it('empties a wrong PIN, says so once, and goes on where it was pressed', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await rows(page, 'Done')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  const pin = page.getByRole('dialog').getByLabel(words('manager.pin'));
  await untilFocus(pin);
  for (const wrong of ['000000', '111111']) {
    await type(page, wrong);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText(words('errors.manager-pin-wrong')).waitFor();
    await expect.poll(() => pin.inputValue()).toBe('');
    await untilFocus(pin);
    expect(await page.getByText(words('errors.manager-pin-wrong')).count()).toBe(1);
  }
  await type(page, managerPin);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await untilFocus(memberField(page));
  await untilRows(page, 1, words('states.reversed'));
  await untilIncrements(store, 2);
});
