import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { amount } from '../../preload/contract/index.ts';
import type { Words } from '../../renderer/locales/index.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import type { OpenPage } from '../kit/page.ts';
import { entryOf, memberOf } from '../renderer/support/samples.ts';

const sizes = [
  { width: 800, height: 560 },
  { width: 1024, height: 700 },
  { width: 1440, height: 900 },
] as const;

/** Words that are cut off, or run out of what they stand in; `…` is for names alone. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true });
    const { scrollWidth } = document.documentElement;
    const wide = scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : [];
    const sideways = [...document.querySelectorAll('*')]
      .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
      .filter((element) => isSeen(element) && element.scrollWidth > element.clientWidth + 1)
      .map(({ className }) => `${className} scrolls sideways`);
    const pressed = [...document.querySelectorAll('button, label, legend, th, [role="status"]')]
      .filter(isSeen)
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .map((element) => `${element.tagName} ${element.textContent} is cut off`);
    return [...wide, ...sideways, ...pressed];
  });

async function lookAt(page: Page, what: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    expect(await cutOff(page), `${what} at ${size.width}x${size.height}`).toEqual([]);
  }
}

/** From the form to the page of all entries, in these words. */
export async function walk(openPage: OpenPage, words: Words, language: string): Promise<void> {
  const main = createFakeShop([memberOf()], { language });
  main.answer('policy:get', () => ({
    ok: true,
    value: { policy: defaultPolicy('SGD'), itProblem: null },
  }));
  const page = await openPage(main);
  const field = page.getByRole('textbox', { name: words.form.member, exact: true });
  await field.fill(memberOf().number);
  await field.press('Enter');
  const card = page.getByRole('region', { name: words.form.member, exact: true });
  await card.getByText('Tan Mei Ling', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: words.form.amount }).fill('50');
  await lookAt(page, 'the form');
  await page.getByRole('button', { name: words.form.confirm }).click();
  await page.getByRole('table').locator('tbody').getByRole('row').waitFor();
  await lookAt(page, 'what was saved');
  await page.keyboard.press('F10');
  const menu = page.getByRole('dialog', { name: words.menu.title });
  await menu.waitFor();
  await lookAt(page, 'the menu');
  await menu.getByRole('button', { name: words.menu.desk, exact: true }).click();
  await page
    .getByRole('navigation', { name: words.desk.title })
    .getByRole('button', { name: words.desk.places.settings, exact: true })
    .click();
  await page.getByRole('heading', { name: words.policy.title }).waitFor();
  await lookAt(page, 'the settings');
  const part = {
    reference: '0032',
    state: 'reversed',
    balance: amount('20.00'),
    point: amount('5'),
  } as const;
  const entry = entryOf({ state: 'confirmed', takenBackInPart: part });
  main.answer('find:entries', () => ({ ok: true, value: { entries: [entry], next: null } }));
  const found = {
    ...({ line: 'sale', state: 'confirmed', isReversal: false } as const),
    ...{ entries: 14, bonus: amount('20.00') },
  };
  const sums = [{ ...found, balance: amount('620.00'), point: amount('50') }];
  main.answer('find:sums', () => ({ ok: true, value: { sums, next: null } }));
  await page.keyboard.press('Escape');
  await field.press('F3');
  await page.getByRole('heading', { name: words.find.title }).waitFor();
  await page.keyboard.press('F3');
  await page.getByRole('table', { name: words.find.table }).locator('tbody').getByRole('row').waitFor();
  await lookAt(page, 'the page of all entries');
}
