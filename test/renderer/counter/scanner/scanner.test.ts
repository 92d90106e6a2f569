import { describe, expect, it } from 'vitest';
import { narrowed, stripCode } from '../../../../renderer/counter/scanner/scan-code.ts';
import type { KeyPress } from '../../../../renderer/counter/scanner/scan-key.ts';
import {
  charPress,
  composed,
  namedPress,
  type Place,
  scannerSettings,
  type TypedForm,
  textsOf,
  typedForm,
} from '../../support/typed-form.ts';

interface Way {
  readonly gapMs?: number;
  readonly fromMs?: number;
  readonly end?: 'Enter' | 'Tab' | null;
  readonly change?: Partial<KeyPress>;
}

/** Types the characters and an end; answers with the time of the last key. */
function type(
  form: TypedForm,
  text: string,
  { gapMs = 8, fromMs = 1_000, end = 'Enter', change = {} }: Way = {},
): number {
  let atMs = fromMs;
  for (const char of text) {
    form.press(charPress(char, atMs, change));
    atMs += gapMs;
  }
  if (end === null) return atMs - gapMs;
  form.press(namedPress(end, atMs));
  return atMs;
}

const values = ({ fields }: TypedForm) =>
  Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
const none = { credits: 0, lookedUp: [], tabs: 0, refused: [] };

/** As long as the code of a receipt. */
const receipt = `CFS1${'0A9X'.repeat(50)}`;

describe('the code of a receipt', () => {
  it('is heard whole where something lies over the form, and presses nothing there', () => {
    const form = typedForm({ focus: 'button', isCovered: true });
    type(form, receipt);
    expect(form.overheard).toEqual([receipt]);
    expect(form.happened).toEqual({ ...none, found: [] });
  });

  it('is heard with an input method on, whose letters nobody can read', () => {
    const form = typedForm({ focus: 'button', isCovered: true });
    type(form, receipt, { change: { isComposing: true } });
    expect(form.overheard).toEqual([receipt]);
  });

  it('names no member and no amount at the counter: it is refused whole', () => {
    for (const focus of ['member', 'amount', 'none'] as const) {
      const form = typedForm({ focus, texts: textsOf({ amount: '50' }) });
      type(form, receipt);
      expect(form.happened).toEqual({ ...none, found: [], refused: ['too-long'] });
      expect(values(form)).toMatchObject({ member: '', amount: '50' });
    }
  });

  it('goes into a field that is there for it', () => {
    const form = typedForm({ focus: 'note', isCovered: true });
    type(form, receipt);
    expect(form.fields.note.value).toBe(receipt);
    expect(form.overheard).toEqual([]);
  });
});

describe('a scan', () => {
  it('with letters is looked up whole where nothing has the focus', () => {
    const form = typedForm();
    type(form, 'VIP-0012');
    expect(form.happened).toEqual({ ...none, found: ['VIP-0012'] });
    expect(values(form)).toEqual({ member: '', amount: '', points: '', note: '', find: '' });
  });

  it('of digits never becomes an amount', () => {
    const form = typedForm({ focus: 'amount' });
    type(form, '1234');
    expect(form.happened).toEqual({ ...none, found: ['1234'] });
    expect(form.fields.amount.value).toBe('');
  });

  it.each(['amount', 'points', 'note', 'find', 'member'] as const)(
    'gives %s back what was half typed, and its caret',
    (focus) => {
      const half = { value: '50', start: 1, end: 1 };
      const form = typedForm({ focus, texts: { ...textsOf(), [focus]: half } });
      type(form, '8008010001', { end: 'Tab' });
      expect(form.fields[focus]).toEqual(half);
      expect(form.happened).toEqual({ ...none, found: ['8008010001'] });
    },
  );

  it('comes twice in a row, each with two Enters, and confirms nothing', () => {
    const form = typedForm({ focus: 'amount', texts: textsOf({ amount: '50' }) });
    const firstMs = type(form, 'VIP-0012');
    form.press(namedPress('Enter', firstMs + 8));
    const secondMs = type(form, 'VIP-0013', { fromMs: firstMs + 16 });
    form.press(namedPress('Enter', secondMs + 59));
    expect(form.happened).toEqual({ ...none, found: ['VIP-0012', 'VIP-0013'] });
    expect(form.fields.amount.value).toBe('50');
  });

  it('moves from field to field with the focus, and is taken back from each', () => {
    const form = typedForm({ focus: 'member', texts: textsOf({ member: 'Tan', amount: '5' }) });
    type(form, 'VIP-', { end: null });
    form.now.focus = 'amount';
    type(form, '0012', { fromMs: 1_032 });
    expect(values(form)).toMatchObject({ member: 'Tan', amount: '5' });
    expect(form.happened).toEqual({ ...none, found: ['VIP-0012'] });
  });

  it('does not bring back what the form was emptied of meanwhile', () => {
    const form = typedForm({ focus: 'amount', texts: textsOf({ amount: '50' }) });
    type(form, '8008', { end: null });
    Object.assign(form.fields, { amount: { value: '', start: 0, end: 0 } });
    form.press(namedPress('Enter', 1_032));
    expect(form.fields.amount.value).toBe('');
    expect(form.happened.found).toEqual(['8008']);
  });

  it('is read by its keys while an input method is on, whose late text is refused', () => {
    const form = typedForm({ focus: 'note' });
    Array.from('vip-0012').forEach((char, index) => {
      form.press(composed(charPress(char, 1_000 + index * 8, { shift: /[a-z]/.test(char) })), char);
    });
    form.press(composed(namedPress('Enter', 1_064)));
    form.handOver('为', 1_070);
    expect(form.happened).toEqual({ ...none, found: ['VIP-0012'] });
    expect(form.fields.note.value).toBe('');
    type(form, 'ok', { fromMs: 1_500, gapMs: 100, end: null });
    form.handOver('好', 1_650);
    expect(form.fields.note.value).toBe('ok好');
  });

  it('does not press the button that has the focus, with a space or its end', () => {
    for (const code of [' 12 34 ', 'A  B', '   9']) {
      const form = typedForm({ focus: 'button' });
      type(form, code);
      form.passTo(5_000);
      expect(form.happened).toEqual({ ...none, found: [code.trim()] });
    }
  });

  it('of the number pad is read with NumLock on and off, with CapsLock as well', () => {
    const pad = typedForm({ focus: 'amount' });
    ['Numpad8', 'Numpad0', 'Numpad5'].forEach((code, index) => {
      pad.press(namedPress(['ArrowUp', 'Insert', 'Clear'][index] ?? '', 1_000 + index * 8, { code }));
    });
    pad.press(namedPress('Enter', 1_024, { code: 'NumpadEnter' }));
    expect(pad.happened).toEqual({ ...none, found: ['805'] });
    const locked = typedForm({ focus: 'note' });
    Array.from('VIP').forEach((char, index) => {
      locked.press(composed(charPress(char, 1_000 + index * 8, { shift: true, capsLock: true })));
    });
    locked.press(namedPress('Enter', 1_024));
    expect(locked.happened.found).toEqual(['vip']);
  });

  it('with a longer wait before its end is a scan, but none with an end of its own', () => {
    const late = typedForm({ focus: 'amount' });
    const lastMs = type(late, '1234', { end: null });
    late.press(namedPress('Enter', lastMs + 140));
    expect(late.happened.found).toEqual(['1234']);
    const never = typedForm({ focus: 'amount' });
    const endlessMs = type(never, '1234', { end: null });
    never.press(namedPress('Enter', endlessMs + 900));
    expect(never.happened).toEqual({ ...none, found: [], refused: ['late-end'] });
    expect(never.fields.amount.value).toBe('');
  });

  it('ends only as the shop says where it says so, and is not cut at the other end', () => {
    const form = typedForm({ focus: 'amount', settings: { ...scannerSettings, end: 'enter' } });
    const tabMs = type(form, 'VIP', { end: 'Tab' });
    type(form, '0012', { fromMs: tabMs + 8 });
    expect(form.happened).toEqual({ ...none, found: [], refused: ['wrong-end', 'wrong-end'] });
    expect(form.fields.amount.value).toBe('');
    type(form, '0012', { fromMs: 5_000 });
    expect(form.happened.found).toEqual(['0012']);
  });

  it('is none when the till began to listen in its midst, or when it is longer than any card', () => {
    const begun = typedForm({ focus: 'amount' });
    type(begun, '0012', { fromMs: -9_990 });
    expect(begun.happened).toMatchObject({ found: [], credits: 0 });
    const long = typedForm({ focus: 'amount' });
    type(long, '7'.repeat(101));
    expect(long.happened).toMatchObject({ found: [], credits: 0, refused: ['too-long'] });
    expect(long.fields.amount.value).toBe('');
    type(long, '7'.repeat(100), { fromMs: 9_000 });
    expect(long.happened.found).toEqual(['7'.repeat(100)]);
  });

  it('over a PIN is heard and not given in, and what was typed of the PIN stays', () => {
    const form = typedForm({ focus: 'note', texts: textsOf({ note: '12' }), isCovered: true, isHeard: true });
    type(form, '800156400012');
    expect(form.overheard).toEqual(['800156400012']);
    expect(form.happened).toMatchObject({ found: [], credits: 0, refused: [] });
    expect(form.fields.note.value).toBe('12');
    type(form, '3456', { fromMs: 9_000, gapMs: 90 });
    expect(form.fields.note.value).toBe('123456');
    expect(form.overheard).toHaveLength(1);
  });

  it('half in a dialog and half out of it is none', () => {
    const form = typedForm({ focus: 'amount', isCovered: true });
    type(form, 'VIP-', { end: null });
    form.now.isCovered = false;
    type(form, '0012', { fromMs: 1_032 });
    expect(form.happened).toMatchObject({ found: [], credits: 0, refused: ['covered'] });
  });
});

describe('a person', () => {
  it('types a word quickly into a screen, leaves it, and presses Enter at the till: the keys are over', () => {
    for (const leave of ['Escape', null] as const) {
      const form = typedForm({ focus: 'note', texts: textsOf({ member: '8001' }), isCovered: true });
      const lastMs = type(form, 'Pay 50 get 5', { end: null });
      if (leave !== null) form.press(namedPress(leave, lastMs + 900));
      form.now.isCovered = false;
      form.now.focus = 'member';
      form.press(namedPress('Enter', lastMs + 950));
      expect(form.happened).toEqual({ ...none, found: [], lookedUp: ['8001'] });
      expect(form.fields.note.value).toBe('Pay 50 get 5');
    }
  });

  it.each(['none', 'button'] as Place[])('types a name into the member field from %s', (focus) => {
    const form = typedForm({ focus });
    type(form, 'tan mei', { gapMs: 90 });
    expect(form.happened).toEqual({ ...none, found: [], lookedUp: ['tan mei'] });
  });

  it('chooses a way to pay by its digit alone, once it is known for no scan’s', () => {
    const form = typedForm({ focus: 'ways', meant: null, texts: textsOf({ member: '8001', amount: '50' }) });
    form.press(charPress('2', 1_000));
    expect(form.chosen).toEqual([]);
    form.passTo(1_100);
    expect(form.chosen).toEqual(['2']);
    for (const [at, char] of ['7', 'x', '3'].entries()) form.press(charPress(char, 2_000 + at * 200));
    form.passTo(4_000);
    expect(form.chosen).toEqual(['2', '3']);
    expect(values(form)).toMatchObject({ member: '8001', amount: '50' });
  });

  it('types past a form that is begun: nothing of it is wiped, and what is asked for takes the digits', () => {
    const texts = textsOf({ member: '8001', amount: '50' });
    const begun = typedForm({ focus: 'button', meant: null, texts });
    type(begun, '7', { gapMs: 90 });
    expect(values(begun)).toMatchObject({ member: '8001', amount: '50' });
    const cash = typedForm({ focus: 'button', meant: 'points', texts });
    type(cash, '100', { gapMs: 90 });
    expect(values(cash)).toMatchObject({ member: '8001', amount: '50', points: '100' });
  });

  it('presses a button with Space and with Enter, once each', () => {
    const form = typedForm({ focus: 'button' });
    form.press(charPress(' ', 1_000));
    form.passTo(1_100);
    expect(form.happened.credits).toBe(1);
    form.press(namedPress('Enter', 1_500));
    form.press(charPress(' ', 2_000));
    form.press(namedPress('Enter', 2_500));
    expect(form.happened.credits).toBe(4);
  });

  it('holds a key down: neither a scan nor an end of one', () => {
    const form = typedForm({ focus: 'amount' });
    form.press(charPress('5', 1_000));
    for (let index = 0; index < 12; index += 1) {
      form.press(charPress('5', 1_500 + index * 30, { isRepeat: true }));
    }
    expect(form.fields.amount.value).toBe('5'.repeat(13));
    form.press(namedPress('Enter', 2_200));
    expect(form.happened).toEqual({ ...none, found: [], credits: 1 });
  });

  it('types two quick digits and Enter: shorter than any scan', () => {
    const form = typedForm({ focus: 'amount' });
    type(form, '50', { gapMs: 20 });
    expect(form.happened).toEqual({ ...none, found: [], credits: 1 });
  });

  it('types one key just before a scan, which might be the first of it: nothing is taken', () => {
    const form = typedForm({ focus: 'amount' });
    form.press(charPress('5', 1_000));
    type(form, '0012', { fromMs: 1_090 });
    expect(form.happened).toEqual({ ...none, found: [], refused: ['pause'] });
    expect(form.fields.amount.value).toBe('5');
  });
});

describe('the code of a scan', () => {
  const strip = (heard: string, change = {}) => stripCode(heard, { ...scannerSettings, ...change }).code;

  it.each([
    ['VIP-0012', 'VIP-0012'],
    [']C1VIP-0012', 'VIP-0012'],
    [';1234567890?', '1234567890'],
    ['%B1234?', 'B1234'],
    ['１２３４', '1234'],
    ['ＶＩＰ－００１２', 'VIP-0012'],
    ['0012 ', '0012'],
    ['12?', '12?'],
    [';12', ';12'],
    [']c', ']c'],
    ['?', '?'],
  ])('%s is %s', (heard, code) => {
    expect(strip(heard)).toBe(code);
  });

  it('is without what the shop puts before and behind, once, in either order with the kind of bar code', () => {
    const shop = { prefix: 'CF', suffix: '#' };
    for (const heard of ['CF0012#', 'cf]C10012#', ']C1CF0012#', ']C10012', '0012#']) {
      expect(strip(heard, shop), heard).toBe('0012');
    }
    expect(strip('CFCF0012##', shop)).toBe('CF0012#');
    expect(stripCode('CF]C10012#', shop).stripped).toEqual(['CF', ']C1', '#']);
  });

  it('narrows what is wide and nothing else', () => {
    expect(narrowed('Ａ～！　é中')).toBe('A~! é中');
  });
});
