import { expect, it } from 'vitest';
import { amount } from '../../../../preload/contract/index.ts';
import { againPhrase } from '../../../../renderer/counter/counter/again-words.ts';
import { i18n, phraseText } from '../../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../../renderer/shared/other-words.ts';
import { entryOf } from '../../support/samples.ts';

await otherWords.load();

const wish = {
  customerUid: '231607639459718452',
  customerNumber: '8008010001',
  customerName: 'Tan Mei Ling',
  balanceIncrement: amount('50'),
  pointIncrement: amount('50.0'),
  note: '',
  tender: null,
  given: null,
};
const ask = (...entries: ReturnType<typeof entryOf>[]) =>
  phraseText(i18n.t, againPhrase(entries, wish, { sum: 'S$50.00', name: 'Tan Mei Ling', nowMs: 600_000 }));
const ago = (minutes: number) => entryOf({ createdAtMs: 600_000 - minutes * 60_000 });

it('asks with the time since the newest of the same member and amounts', () => {
  expect(ask(ago(5), ago(2), ago(9))).toBe(
    'S$50.00 for Tan Mei Ling was entered 2 minutes ago. Enter it again?',
  );
  expect(ask(ago(1))).toContain('1 minute ago');
  expect(ask(ago(0.4))).toContain('just now');
});

it('asks about what was paid: the first had a bonus that the repetition does not get', () => {
  const first = ago(3);
  const terms = { ...first.terms, bonus: amount('5') };
  expect(ask({ ...first, balanceIncrement: amount('55'), terms })).toContain('3 minutes ago');
});

it('looks past other members, other amounts and what never arrived', () => {
  const others = [
    { ...ago(2), customerUid: '1' },
    { ...ago(2), balanceIncrement: amount('5') },
    { ...ago(2), state: 'cancelled' as const },
    { ...ago(2), state: 'rejected' as const },
  ];
  expect(ask(...others)).toBe('S$50.00 for Tan Mei Ling was entered a short while ago. Enter it again?');
  expect(ask(...others, ago(7))).toContain('7 minutes ago');
});
