import { expect, it } from 'vitest';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { memberOf } from '../renderer/support/samples.ts';
import { axeFindings, picture } from '../support/electron-look.ts';
import { dayField, memberField, openFromMenu, speak, untilText, words } from '../support/electron-till.ts';

// A day is typed in the order in which the till writes it, whatever country the computer says it is in.

const openPage = stagePage();

it.each([
  { language: 'en-SG', typed: '01122026', shown: '01/12/2026' },
  { language: 'en', typed: '01122026', shown: '01/12/2026' },
  { language: 'en-US', typed: '12012026', shown: '12/01/2026' },
  { language: 'zh-SG', typed: '20261201', shown: '2026年12月01日' },
  { language: 'ms-MY', typed: '01122026', shown: '01/12/2026' },
])('is typed in $language as it is shown', async ({ language, typed, shown }) => {
  speak(language.slice(0, 2) as 'en');
  const page = await openPage(createFakeShop([memberOf()], { language }));
  await memberField(page).waitFor();
  await openFromMenu(page, 'match');
  await page.getByText(words('matching.of.days'), { exact: true }).click();
  const field = dayField(page, 'matching.from');
  const parts = field.getByRole('spinbutton');
  await parts.first().focus();
  await page.keyboard.type(typed, { delay: 80 });
  await untilText(field, shown);
  expect(await axeFindings(page)).toEqual([]);
  await picture(page, `day-field-${language}`);
  expect((await field.boundingBox())?.height).toBeGreaterThanOrEqual(44);

  // Arrows move between the parts and step the one that is there.
  await parts.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => parts.nth(1).evaluate((part) => part === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => field.textContent()).not.toBe(shown);
  await page.keyboard.press('ArrowDown');
  await untilText(field, shown);
  // Half a day is no day, and typing it anew is one.
  await parts.first().focus();
  for (const _ of typed.slice(0, 4)) await page.keyboard.press('Backspace');
  const start = page.getByRole('button', { name: words('matching.start'), exact: true });
  await expect.poll(() => start.isDisabled()).toBe(true);
  await page.keyboard.type(typed, { delay: 80 });
  await untilText(field, shown);
});
