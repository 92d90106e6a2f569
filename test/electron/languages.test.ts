import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { amount } from '../../preload/contract/index.ts';
import { otherWords, type Words } from '../../renderer/locales/index.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { pseudoWords } from '../kit/pseudo-words.ts';
import { entryOf, memberOf } from '../renderer/support/samples.ts';
import { english } from '../support/english.ts';

// The counter's screens in other languages than English, and in one that nobody speaks, whose words are longer: a button
// that breaks in a translation breaks there first.

const sizes = [
  { width: 800, height: 560 },
  { width: 1024, height: 700 },
  { width: 1440, height: 900 },
] as const;

/** What Malay's place is taken by, where a test wants that. */
let instead: Words | null = null;
const openPage = stagePage((path) =>
  instead !== null && /\/ms-[^/]*\.js$/.test(path) ? `export default ${JSON.stringify(instead)}` : null,
);

/** Words that are cut off, or run out of what they stand in; `…` is for names alone. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true });
    const { scrollWidth } = document.documentElement;
    const wide = scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : [];
    const pressed = [...document.querySelectorAll('button, label, legend, th, [role="status"]')]
      .filter(isSeen)
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .map((element) => `${element.tagName} ${element.textContent} is cut off`);
    return [...wide, ...pressed];
  });

async function lookAt(page: Page, what: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    expect(await cutOff(page), `${what} at ${size.width}x${size.height}`).toEqual([]);
  }
}

async function walk(words: Words, language: string): Promise<void> {
  const main = createFakeShop([memberOf()], { language });
  main.answer('policy:get', () => ({
    ok: true,
    value: { policy: defaultPolicy('SGD'), isAskedAnew: false },
  }));
  const page = await openPage(main);
  const field = page.getByRole('textbox', { name: words.form.member, exact: true });
  await field.fill(memberOf().number);
  await field.press('Enter');
  const card = page.getByRole('region', { name: words.form.member, exact: true });
  await card.getByText('Tan Mei Ling').waitFor();
  await page.getByRole('textbox', { name: words.form.amount }).fill('50');
  await lookAt(page, 'the form');
  await page.getByRole('button', { name: words.form.confirm }).click();
  await page.getByRole('table').locator('tbody').getByRole('row').waitFor();
  await lookAt(page, 'what was saved');
  await page.keyboard.press('F10');
  const menu = page.getByRole('dialog', { name: words.menu.title });
  await menu.waitFor();
  await lookAt(page, 'the menu');
  await menu.getByRole('button', { name: words.menu.settings, exact: true }).click();
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
  const found = { state: 'confirmed', isReversal: false, entries: 14, bonus: amount('20.00') } as const;
  const sums = [{ ...found, balance: amount('620.00'), point: amount('50') }];
  main.answer('find:sums', () => ({ ok: true, value: { sums, next: null, leavesOutCash: true } }));
  await page.keyboard.press('Escape');
  await field.press('F3');
  await page.getByRole('heading', { name: words.find.title }).waitFor();
  await page.keyboard.press('F3');
  await page.getByRole('table', { name: words.find.table }).locator('tbody').getByRole('row').waitFor();
  await lookAt(page, 'the page of all entries');
}

it.each(['zh', 'ms'] as const)('%s fits the counter’s screens', async (language) => {
  instead = null;
  await walk((await otherWords[language]()).default, `${language}-SG`);
});

it('a language whose words are 40 % longer fits them', async () => {
  instead = pseudoWords(english, 0.4);
  await walk(instead, 'ms-SG');
});

it('one whose words are four times as long is found not to', async () => {
  instead = pseudoWords(english, 3);
  await expect(walk(instead, 'ms-SG')).rejects.toThrow(/^the form at 1024x700/);
});

it('another language changes the words where they stand, and nothing that was typed', async () => {
  instead = null;
  const main = createFakeShop([memberOf()], { language: 'en-SG' });
  const page = await openPage(main);
  await page.getByRole('textbox', { name: english.form.member, exact: true }).fill('8008');
  const { till } = main.picture();
  if (till === null) throw new Error('no till is open');
  const chinese = (await otherWords.zh()).default;
  main.tell({ topics: { till: { ...till, language: 'zh-SG' } } });
  const field = page.getByRole('textbox', { name: chinese.form.member, exact: true });
  expect(await field.inputValue()).toBe('8008');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh');
  main.tell({ topics: { till: { ...till, language: 'en-SG' } } });
  await page.getByRole('textbox', { name: english.form.member, exact: true }).waitFor();
});
