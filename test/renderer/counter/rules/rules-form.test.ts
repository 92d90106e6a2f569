import { expect, it } from 'vitest';
import { separators } from '../../../../preload/contract/app/values.ts';
import { amount } from '../../../../preload/contract/index.ts';
import {
  fieldsAnew,
  newReason,
  type RulesFormat,
  readRules,
  rulesChanges,
  rulesFields,
  sumAnew,
} from '../../../../renderer/counter/rules/rules-form.ts';
import { unlessTyped } from '../../../../renderer/counter/rules/use-rules.ts';
import { bonusRule, pointsRule, ruleBook } from '../../../kit/rules.ts';

const formatOf = (locale: string): RulesFormat => ({
  locale,
  money: { ...separators(locale), decimals: 2 },
  percent: { ...separators(locale), decimals: 2 },
  points: { ...separators(locale), decimals: 0 },
});
const [english, chinese, bruneian] = [formatOf('en'), formatOf('zh'), formatOf('ms-BN')];

it('writes a sum as the other language does, and leaves alone what is none', () => {
  const anew = (typed: string) => sumAnew(typed, 'money', english, bruneian);
  expect(['1,250.5', '7.50', '50', '', '-5', 'none', '1.250'].map(anew)).toEqual([
    ...['1.250,5', '7,50', '50', '', '-5', 'none', '1.250'],
  ]);
});

it('touches no character where both languages write sums alike', () => {
  expect(sumAnew('007.5', 'money', english, chinese)).toBe('007.5');
});

it('writes each sum of the rules anew, and nothing else', () => {
  const book = ruleBook({
    bonus: [
      bonusRule({ name: '1.5 for you', tiers: [{ from: amount('1250.50'), gives: amount('7.5') }] }),
      bonusRule({ kind: 'percent', cap: amount('12.5') }),
    ],
    points: [pointsRule({ points: amount('1250'), every: amount('0.5') })],
    reasons: ['2.5'],
  });
  const keys = () => {
    let last = 0;
    return () => {
      last += 1;
      return `key ${last}`;
    };
  };
  const typed = rulesFields(book, 'en', keys());
  expect(fieldsAnew(typed, english, bruneian)).toEqual(rulesFields(book, 'ms-BN', keys()));
});

it('marks what has no name, and a reason without words, at its field', () => {
  const book = ruleBook({ bonus: [bonusRule({ id: 'a', name: ' ' })], points: [pointsRule({ id: 'b' })] });
  const fields = rulesFields(book, 'en', () => 'tier');
  const read = readRules({ ...fields, reasons: [newReason(() => 'c')] }, english);
  expect(read).toEqual({
    ok: false,
    error: { 'a.name': { key: 'rules.noName' }, c: { key: 'rules.noReason' } },
  });
});

it('counts each rule and reason that is changed, added or removed', () => {
  const book = ruleBook({
    bonus: [bonusRule({ id: 'a' })],
    points: [pointsRule({ id: 'b' })],
    reasons: ['x'],
  });
  const read = rulesFields(book, 'en', () => 'one');
  expect(rulesChanges(read, read)).toBe(0);
  const [rule] = read.bonus;
  const bonus = rule === undefined ? [] : [{ ...rule, cap: '5', name: 'Other' }];
  expect(rulesChanges({ ...read, bonus }, read)).toBe(1);
  expect(rulesChanges({ ...read, bonus, points: [] }, read)).toBe(2);
  expect(rulesChanges({ bonus, points: [], reasons: [...read.reasons, newReason(() => 'new')] }, read)).toBe(
    3,
  );
});

it('what an owner set is shown on an open page, unless something is typed there', () => {
  const book = ruleBook({ bonus: [bonusRule()] });
  const set = { ...book, version: book.version + 1, reasons: ['Opening'] };
  const open = unlessTyped(null, book, english);
  expect(open.book).toBe(book);
  expect(unlessTyped(open, book, english)).toBe(open);
  expect(unlessTyped(open, set, english).fields.reasons).toMatchObject([{ words: 'Opening' }]);
  const typed = { ...open, fields: { ...open.fields, reasons: [{ key: 'new', words: 'Birthday' }] } };
  expect(unlessTyped(typed, set, english)).toBe(typed);
});
