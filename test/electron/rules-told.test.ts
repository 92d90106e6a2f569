import { expect, it } from 'vitest';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import { amount } from '../../preload/contract/index.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import { stagePage } from '../kit/page.ts';
import { bonusRule, ruleBook } from '../kit/rules.ts';
import { entryOf } from '../renderer/support/samples.ts';
import { memberField, openDetails, openFromMenu, rows, words } from '../support/electron-till.ts';

const openPage = stagePage();

const rule = 'Pay 50 get 5';
const entry = entryOf({
  ...{ id: 'one', reference: '0031', state: 'confirmed', balanceIncrement: amount('55') },
  terms: { ...noTerms, bonus: amount('5'), rule, rulesVersion: 1 },
});

/** A shop with a bonus of once a day. */
async function openShop() {
  const main = createFakeShop([]);
  const { rules } = main.snapshot();
  const told = { ...rules, version: 1, givesAnything: true };
  main.tell({ topics: { rules: told }, put: [entry] });
  main.answer('rules:get', () => ({
    ok: true,
    value: {
      ...{ book: ruleBook({ bonus: [bonusRule({ oncePerDay: true })] }), today: '2026-11-24' },
      categories: [],
    },
  }));
  const page = await openPage(main);
  await memberField(page).waitFor();
  return { main, page };
}

it('an entry’s details say by which rule it was given, as it was then', async () => {
  const { main, page } = await openShop();
  const ofRule = { name: rule, version: 1, savedAtMs: null, kind: 'fixed' } as const;
  main.answer('rules:ofEntry', () => ({
    ok: true,
    value: { rule: { ...ofRule, from: amount('50'), gives: amount('5') } },
  }));
  await openDetails(rows(page, entry.memberName).first());
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words('rules.ofEntry.gives.fixed', { from: 'S$50.00', gives: 'S$5.00' })).waitFor();
});

it('shows the rules anew in another language, so that no typed sum is read as another one', async () => {
  const { main, page } = await openShop();
  await openFromMenu(page, 'rules');
  const typed = async () => {
    const values = await page
      .locator('main input')
      .evaluateAll((fields) =>
        fields.flatMap((field) =>
          field instanceof HTMLInputElement && field.type === 'text' ? [field.value] : [],
        ),
      );
    return values.filter((value) => value !== '');
  };
  await expect.poll(typed).toEqual(['Pay 50 get 5', '50', '5']);
  await page.getByLabel(words('rules.gives'), { exact: true }).fill('7.50');
  expect(await typed()).toEqual(['Pay 50 get 5', '50', '7.50']);
  const { till } = main.snapshot();
  main.tell({ topics: { till: till === null ? null : { ...till, language: 'ms-BN' } } });
  await expect.poll(typed).toEqual(['Pay 50 get 5', '50', '5']);
});
