import { expect, it } from 'vitest';
import { otherWords } from '../../renderer/locales/index.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { memberOf } from '../renderer/support/samples.ts';
import { walk } from '../support/electron-languages.ts';
import { english } from '../support/english.ts';

// The counter's screens in another language than English; in Malay, and in longer words: `languages.deep`.

const openPage = stagePage();

it('Chinese fits the counter’s screens', async () => {
  await walk(openPage, (await otherWords.zh()).default, 'zh-SG');
});

it('another language changes the words where they stand, and nothing that was typed', async () => {
  const main = createFakeShop([memberOf()], { language: 'en-SG' });
  const page = await openPage(main);
  await page.getByRole('textbox', { name: english.form.member, exact: true }).fill('8008');
  const { till } = main.snapshot();
  if (till === null) throw new Error('no till is open');
  const chinese = (await otherWords.zh()).default;
  main.tell({ topics: { till: { ...till, language: 'zh-SG' } } });
  const field = page.getByRole('textbox', { name: chinese.form.member, exact: true });
  expect(await field.inputValue()).toBe('8008');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh');
  main.tell({ topics: { till: { ...till, language: 'en-SG' } } });
  await page.getByRole('textbox', { name: english.form.member, exact: true }).waitFor();
});
