import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { givePin, managerPin, memberField, rows, topUp, untilRows, words } from '../support/electron-till.ts';

it('says who makes the PIN where a live till has none, and has the button for it', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  const reverse = rows(page, 'Done').getByRole('button', { name: words('entry.reverse') });
  await reverse.click();
  const none = page.getByRole('dialog', { name: words('manager.noneTitle') });
  await untilFocus(none.getByRole('button', { name: words('common.cancel') }));
  await page.keyboard.press('Enter');
  await untilFocus(memberField(page));
  await reverse.click();
  await none.getByRole('button', { name: words('waysOut.make-pin') }).click();
  const making = page.getByRole('dialog', { name: words('manager.makeTitle') });
  const key = making.getByLabel(words('setUp.appKey'));
  const pin = making.getByLabel(words('manager.pin'));
  const again = making.getByLabel(words('manager.repeat'));
  const make = making.getByRole('button', { name: words('manager.make') });
  await untilFocus(key);
  await make.click();
  await making.getByText(words('setUp.missing.appKey')).waitFor();
  await key.fill('not the key');
  await pin.fill('1111');
  await again.fill('1112');
  await make.click();
  await making.getByText(words('manager.differ')).waitFor();
  await untilFocus(again);
  await pin.fill(managerPin);
  await again.fill(managerPin);
  await make.click();
  // Each try tells of itself alone.
  await making.getByText(words('errors.app-key-wrong')).waitFor();
  expect(await making.getByText(words('manager.differ')).count()).toBe(0);
  await untilFocus(key);
  await key.fill(store.appKey);
  await pin.fill('1111');
  await again.fill('1111');
  await make.click();
  await making.getByText(words('errors.manager-pin-weak')).waitFor();
  expect(await making.getByRole('alert').count()).toBe(1);
  await untilFocus(pin);
  expect([await pin.inputValue(), await again.inputValue()]).toEqual(['', '']);
  await pin.fill(managerPin);
  await again.fill(managerPin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: words('manager.codeDone') }).click();
  // What was pressed first is gone on with.
  await page.getByRole('dialog').getByLabel(words('manager.pin')).fill(managerPin);
  await page.keyboard.press('Enter');
  await untilRows(page, 1, words('states.reversed'));
  await untilFocus(memberField(page));
});

it('has the PIN made by whoever presses first where nothing is real', async () => {
  const { page } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await rows(page, 'Done')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  const making = page.getByRole('dialog', { name: words('manager.makeTitle') });
  await untilFocus(making.getByLabel(words('manager.pin')));
  expect(await making.getByLabel(words('setUp.appKey')).count()).toBe(0);
  await making.getByLabel(words('manager.pin')).fill(managerPin);
  await making.getByLabel(words('manager.repeat')).fill(managerPin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: words('manager.codeDone') }).click();
  await givePin(page, words('reverse.confirm'));
  await untilRows(page, 1, words('states.reversed'));
});
