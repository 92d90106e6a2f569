import { expect, it } from 'vitest';
import { separators } from '../../../../preload/contract/app/values.ts';
import {
  newReason,
  type RulesFormat,
  readRules,
  rulesChanges,
  rulesFields,
} from '../../../../renderer/counter/rules/rules-form.ts';
import { unlessTyped } from '../../../../renderer/counter/rules/use-rules.ts';
import { bonusRule, pointsRule, ruleBook } from '../../../kit/rules.ts';

const english: RulesFormat = {
  locale: 'en',
  money: { ...separators('en'), decimals: 2 },
  percent: { ...separators('en'), decimals: 2 },
  points: { ...separators('en'), decimals: 0 },
};

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
  const open = unlessTyped(null, book, 'en');
  expect(open.book).toBe(book);
  expect(unlessTyped(open, book, 'en')).toBe(open);
  expect(unlessTyped(open, set, 'en').fields.reasons).toMatchObject([{ words: 'Opening' }]);
  const typed = { ...open, fields: { ...open.fields, reasons: [{ key: 'new', words: 'Birthday' }] } };
  expect(unlessTyped(typed, set, 'en')).toBe(typed);
});
