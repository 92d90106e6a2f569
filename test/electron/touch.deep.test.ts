import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { amountField, confirmButton, memberCard, untilText, words } from '../support/electron-till.ts';
import { keypadKey, tap, tapNumber, turnKeypadOn } from '../support/electron-touch.ts';

const lookUp = (page: Page) => page.getByRole('button', { name: words('form.lookUp'), exact: true });

it('has a keypad that can be hit, beside a confirm button that stays in view', async () => {
  const store = await startPracticeStore();
  const till = await openTill(store, { managerPin: '271828', language: 'en-DE' });
  const { page } = till;
  await turnKeypadOn(page);
  await tapNumber(page, meiLing.number);
  await tap(lookUp(page));
  await untilText(memberCard(page), meiLing.name);
  await tapNumber(page, '12');
  await tap(keypadKey(page, 'decimal'));
  await tapNumber(page, '5');
  expect(await amountField(page).inputValue()).toBe('12,5');
  await till.resize(1024, 700);
  for (const button of await page
    .getByRole('group', { name: words('form.keypad') })
    .getByRole('button')
    .all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(
      (await confirmButton(page).boundingBox())?.y ?? 0,
    );
  }
});
