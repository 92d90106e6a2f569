import { expect, it } from 'vitest';
import { drawReceipt } from '../../../main/paper/receipts/draw.ts';
import { makeReceipt } from '../../../main/paper/receipts/make-receipt.ts';
import { paperWidths } from '../../../main/paper/receipts/receipt.ts';
import { languages } from '../../../preload/contract/index.ts';
import { fullEntry, logo, shopIn } from './facts.ts';

// What is meant to look otherwise is drawn anew with `vitest run --project unit test/paper/receipts/golden.test.ts -u`, and looked at.
const papers = languages.flatMap((language) => paperWidths.map((width) => [language, width] as const));

it.each(papers)('a receipt in %s on %s mm is drawn as its golden picture', async (language, width) => {
  const facts = { entry: fullEntry, shop: shopIn(language), copy: 0, code: 'CF1:0031;AbC|9' };
  const { svg } = drawReceipt(makeReceipt(facts), { width, logo });
  await expect(svg).toMatchFileSnapshot(`golden/${language}-${width}.svg`);
});

it.each(papers)('a copy in %s on %s mm of what waits says so', async (language, width) => {
  const entry = { ...fullEntry, state: 'queued', balanceBefore: null, balanceAfter: null } as const;
  const shop = { ...shopIn(language), hasLogo: false };
  const { svg } = drawReceipt(makeReceipt({ entry, shop, copy: 2, code: null }), { width, logo: null });
  await expect(svg).toMatchFileSnapshot(`golden/${language}-${width}-copy.svg`);
});

it('what a manager closed as arrived is not said to be confirmed, nor what one dropped to have credited nothing', () => {
  const of = (state: 'confirmed' | 'cancelled', as: 'arrived' | 'dropped') => {
    const decision = { as, who: 'Mei Manager', atMs: Date.UTC(2026, 10, 26, 9, 36), known: null, read: null };
    const entry = { ...fullEntry, state, decision, balanceBefore: null, balanceAfter: null };
    return makeReceipt({ entry, shop: shopIn('en'), copy: 0, code: null }).status;
  };
  const hint = 'Decided by Mei Manager, 2026-11-26 17:36.';
  expect(of('confirmed', 'arrived')).toEqual({ title: 'Closed as arrived', hint });
  expect(of('cancelled', 'dropped')).toEqual({ title: 'Cancelled', hint });
});

it('what another entry replaced, by a manager or by the till itself, is not said to have credited nothing', () => {
  const decision = { as: 'sent', who: 'Mei Manager', atMs: 0, known: null, read: null } as const;
  for (const [kind, decided] of [
    ['top-up', decision],
    ['top-up', null],
    ['reversal', null],
  ] as const) {
    const entry = { ...fullEntry, kind, state: 'cancelled', cause: 'replaced', decision: decided } as const;
    expect(makeReceipt({ entry, shop: shopIn('en'), copy: 0, code: null }).status).toEqual({
      title: 'Cancelled',
      hint: 'A new entry replaced it. Look at that one before any money moves.',
    });
  }
});
