import { expect, it } from 'vitest';
import { amount, zeroAmount } from '../../../../preload/contract/index.ts';
import { countedWords } from '../../../../renderer/day/find/words.ts';
import { money, plain } from '../../../../renderer/kit/format.ts';
import { i18n } from '../../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../../renderer/shared/other-words.ts';

await otherWords.load();

it.each([
  ['en-SG', '100,000 entries · $1,000,000.00 in'],
  ['en-DE', '100.000 entries · S$1.000.000,00 in'],
])('as many entries as a year has are written as sums are in %s', (language, said) => {
  const write = {
    money: (value: typeof zeroAmount) => money(value, 'SGD', language),
    plain: (value: typeof zeroAmount) => plain(value, language),
    points: (value: typeof zeroAmount) => plain(value, language),
  };
  const nothing = {
    takenUp: zeroAmount,
    bonus: zeroAmount,
    points: zeroAmount,
    takenBack: zeroAmount,
    open: zeroAmount,
  };
  const counted = { ...nothing, entries: 100_000, in: amount('1000000'), without: 0 };
  const words = countedWords(counted, { t: i18n.t, write });
  expect(words.replaceAll('\u00a0', ' ')).toBe(said);
});
