import { addAmounts, type FileWords, isZeroAmount, type Owed } from '../../../preload/contract/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import type { Sheet, SheetCell } from '../sheet.ts';

export interface OwedSheetParts {
  readonly owed: Owed;
  readonly words: FileWords;
  readonly till: string;
  readonly currency: string;
  readonly storeTimeZone: string;
  readonly isPractice: boolean;
  /** When it was added up. */
  readonly atMs: number;
}

/** What the shop owes its members, with how old each part is and what is in no sum. Pure. */
export function owedSheet(parts: OwedSheetParts): Sheet {
  const { owed, words, till, currency, storeTimeZone, atMs } = parts;
  const { ages, below, oldestMs, wholeAtMs } = owed;
  const say = (key: string) => words.say[key] ?? key;
  const time = (ms: number) => `${storeTime(ms, storeTimeZone).slice(0, 16)} (${storeTimeZone})`;
  const known = ages.reduce((all, { members }) => all + members, 0);
  return {
    title: say('owed.title'),
    locale: words.locale,
    currency,
    facts: [
      [say('computed'), time(atMs)],
      [say('at'), till],
      [say('currency'), currency],
      ...(oldestMs === null ? [] : [[say('owed.oldest'), time(oldestMs)] as const]),
      [say('owed.whole'), wholeAtMs === null ? say('owed.never') : time(wholeAtMs)],
    ],
    notes: [
      ...(parts.isPractice ? [say('book.notes.practice')] : []),
      say('owed.cached'),
      say(wholeAtMs === null ? 'owed.notAll' : 'owed.later'),
    ],
    tables: [
      {
        title: say('owed.balances'),
        heads: ['owed.age', 'owed.members', 'owed.balance'].map(say),
        rows: [
          ...ages.map(({ age, members, balance }): readonly SheetCell[] => {
            return [say(`owed.ages.${age}`), members, { money: balance }];
          }),
          ...(isZeroAmount(below.balance)
            ? []
            : [[say('owed.below'), below.members, { money: below.balance }] as const]),
        ],
        foot: [say('owed.sum'), known, { money: addAmounts(...ages.map(({ balance }) => balance)) }],
      },
    ],
  };
}
