import { describe, expect, it } from 'vitest';
import { checkSeen } from '../../main/counter/check-draft.ts';
import { csvLines } from '../../main/day/export.ts';
import { requestAgain } from '../../main/ledger/short-id.ts';
import { shownEntries } from '../../main/ledger/shown/shown-entry.ts';
import { entryStates } from '../../preload/contract/index.ts';
import { type Outbox, openOutbox } from '../kit/outbox.ts';

const view = ({ outbox }: Outbox, id: string) => {
  const increment = outbox.byId(id);
  if (increment === null) throw new Error('gone');
  return shownEntries(outbox, 'Asia/Singapore')(increment);
};

describe('an entry that is taken back', () => {
  it.each([
    ['queued', 'reversing'],
    ['sending', 'reversing'],
    ['unknown', 'reversing'],
    ['review', 'reversing'],
    ['confirmed', 'reversed'],
    ['rejected', null],
    ['cancelled', null],
  ] as const)('by a reversal that is %s says %s', (state, wanted) => {
    const till = openOutbox();
    const original = till.attempt(till.add().id, 'applied');
    expect(view(till, original.id).takenBack).toBeNull();
    const back = till.add({ kind: 'reversal', balanceIncrement: '-10', corrects: original.id });
    till.force(back.id, state);
    const takenBack = wanted === null ? null : { reference: '0002', state: wanted };
    expect(view(till, original.id)).toMatchObject({
      state: 'confirmed',
      takenBack,
      canReverse: wanted === null,
    });
    const [head = '', row = ''] = [...csvLines([till.outbox.byId(original.id) ?? original])];
    const cell = (name: string) => row.trim().split(',')[head.trim().split(',').indexOf(name)];
    expect(cell('takenBack')).toBe(wanted ?? '');
  });
});

describe('an entry of which a part is taken back', () => {
  it.each([
    ['queued', 'reversing'],
    ['confirmed', 'reversed'],
    ['rejected', null],
  ] as const)('by a reversal that is %s says how much, in the list and in the export', (state, wanted) => {
    const till = openOutbox();
    const original = till.attempt(till.add({ pointIncrement: '4' }).id, 'applied');
    const part = { balanceIncrement: '-2.5', pointIncrement: '-1' };
    const back = till.add({ kind: 'reversal', ...part, corrects: original.id });
    till.force(back.id, state);
    const taken = { reference: '0002', state: wanted, balance: '2.5', point: '1' };
    expect(view(till, original.id)).toMatchObject({
      ...{ state: 'confirmed', takenBack: null, canReverse: wanted === null },
      takenBackInPart: wanted === null ? null : taken,
    });
    const [head = '', row = ''] = [...csvLines([till.outbox.byId(original.id) ?? original])];
    const cell = (name: string) => row.trim().split(',')[head.trim().split(',').indexOf(name)];
    const names = ['partTakenBackBy', 'partTakenBack', 'partTakenBackBalance', 'partTakenBackPoints'];
    expect(names.map(cell)).toEqual(wanted === null ? ['', '', '', ''] : ['2', wanted, '2.5', '1']);
    expect([cell('takenBackBy'), cell('takenBack')]).toEqual(['', '']);
  });
});

describe('an entry that waits', () => {
  it('names the one of the same member that goes before it, and its state', () => {
    const till = openOutbox();
    const [first, second, third] = [till.add(), till.add(), till.add()];
    const other = till.add({ customerUid: '2' });
    const behinds = () => [first, second, third, other].map(({ id }) => view(till, id).behind);
    const by = (state: string) => ({ reference: '0001', state });
    expect(behinds()).toEqual([null, by('queued'), by('queued'), null]);
    till.begin(first.id);
    expect(behinds()).toEqual([null, by('sending'), by('sending'), null]);
  });

  it.each(entryStates)('behind one that is %s is behinds or not', (state) => {
    const till = openOutbox();
    const first = till.add();
    till.force(first.id, state);
    const second = till.add();
    const holds = state === 'queued' || state === 'sending' || state === 'unknown';
    expect(view(till, second.id).behind).toEqual(holds ? { reference: '0001', state } : null);
  });

  it('is behinds by a later one that is being checked', () => {
    const till = openOutbox();
    const [first, second] = [till.add(), till.add()];
    till.force(second.id, 'unknown');
    expect(view(till, first.id).behind).toEqual({ reference: '0002', state: 'unknown' });
    expect(view(till, second.id).behind).toBeNull();
  });
});

it('a refusal asks to be acknowledged, and then no more', () => {
  const till = openOutbox();
  const { id } = till.attempt(till.add().id, 'rejected');
  expect(view(till, id).needsAcknowledgement).toBe(true);
  till.acknowledge(id, 'Mei');
  expect(view(till, id).needsAcknowledgement).toBe(false);
});

it('a refusal that was entered again names that entry', () => {
  const till = openOutbox();
  const { id } = till.attempt(till.add().id, 'rejected');
  expect(view(till, id).enteredAgain).toBeNull();
  const again = till.add({ requestId: requestAgain(id) });
  expect(view(till, id).enteredAgain).toEqual({ id: again.id, reference: '0002' });
  expect(view(till, again.id).enteredAgain).toBeNull();
});

it.each([
  ['\u202eTan Mei Ling', 'Tan Mei Ling'],
  ['\u2067\u05d7\u05d9\u05d9\u05dd\u2069', '\u05d7\u05d9\u05d9\u05dd'],
  ['Lim\u200b Wei\ufeff\n', 'Lim Wei'],
  ['Lim\r\nWei', 'Lim Wei'],
  ['\u200b\u2060', ''],
  // Joins letters, and people.
  ['\u0645\u06cc\u200c\u0646\u0627', '\u0645\u06cc\u200c\u0646\u0627'],
  ['\ud83d\udc69\u200d\ud83d\ude80', '\ud83d\udc69\u200d\ud83d\ude80'],
])('a name never turns about or hides what stands beside it: %j', (customerName, shown) => {
  const till = openOutbox();
  expect(view(till, till.add({ customerName }).id).memberName).toBe(shown);
  const known = { customerUid: '1', number: '8008', name: customerName };
  const seen = { customerUid: '1', customerNumber: '8008', customerName: shown };
  expect(checkSeen(seen, known)).toBeNull();
});
