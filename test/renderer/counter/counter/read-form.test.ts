import { expect, it } from 'vitest';
import { amount } from '../../../../preload/contract/index.ts';
import { readAmount } from '../../../../renderer/counter/counter/paid.ts';
import type { EditableField, TopUpPorts } from '../../../../renderer/counter/counter/top-up-store.ts';
import { createTopUpStore } from '../../../../renderer/counter/counter/top-up-store.ts';
import { memberOf, rules } from '../../support/samples.ts';

/** A form that counts what it reads of what was typed; nothing is looked up or booked. */
function form() {
  const parsed: string[] = [];
  const none = () => Promise.reject(new Error('not asked for in this test'));
  const ports: TopUpPorts = {
    create: none,
    find: none,
    answer: none,
    card: none,
    newId: () => 'id',
    after: () => () => undefined,
  };
  const made = createTopUpStore(ports, (typed, by) => {
    parsed.push(typed);
    return readAmount(typed, by);
  });
  made.store.setState({
    rules: { ...rules, tenders: ['cash', 'card'] },
    shop: { version: 3, givesAnything: true, asksPurchase: true },
    member: memberOf(),
    tender: 'cash',
  });
  made.read();
  /** The characters one by one; after each of them every part draws, some of them more than once. */
  const type = (field: EditableField, text: string): readonly string[] => {
    parsed.length = 0;
    for (let end = 1; end <= text.length; end += 1) {
      made.edit(field, text.slice(0, end));
      for (let part = 0; part < 11; part += 1) made.read();
    }
    return [...parsed];
  };
  return { ...made, type, parsed };
}

it.each(['amountText', 'pointsText', 'purchaseText', 'givenText'] as const)(
  'what is typed as %s is read once a keystroke, and nothing else is',
  (field) => {
    const { edit, read, type } = form();
    for (const filled of ['amountText', 'pointsText', 'purchaseText', 'givenText'] as const)
      edit(filled, '7');
    read();
    expect(type(field, '125')).toEqual(['1', '12', '125']);
  },
);

it('nothing is read where nothing was typed', () => {
  const { edit, pay, read, see, type, focusMember, parsed } = form();
  type('amountText', '50');
  parsed.length = 0;
  const before = read();
  edit('noteText', 'birthday');
  focusMember();
  pay('card');
  const { asked } = read();
  if (asked === null) throw new Error('nothing is asked');
  see({ asked, gets: { version: 3, bonus: amount('5'), rule: 'Five', points: null, isRounded: false } });
  expect(read().topUp).toMatchObject({ ok: true, value: { bonus: '5', note: 'birthday', tender: 'card' } });
  expect(read().amount).toBe(before.amount);
  expect(parsed).toEqual([]);
});

it('all parts draw one value, until something of the form is another', () => {
  const { edit, read } = form();
  edit('amountText', '5');
  expect(read()).toBe(read());
  const before = read();
  edit('amountText', '50');
  expect(read()).not.toBe(before);
});

it('another till reads anew what stands there', () => {
  const { edit, read, store } = form();
  edit('amountText', '12.50');
  expect(read().amount).toEqual({ ok: true, value: '12.50' });
  const comma = { ...rules.amount, groupSeparator: '.', decimalSeparator: ',' };
  store.setState({ rules: { ...rules, amount: comma } });
  expect(read().amount.ok).toBe(false);
});
