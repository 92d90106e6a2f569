import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeypadKey, keypadKeys, press, type Typed } from '../../../renderer/kit/keypad-keys.ts';

const atEnd = (text: string): Typed => ({ text, start: text.length, end: text.length });
const typed = (keys: readonly KeypadKey[], from = atEnd(''), sign = '.'): string =>
  keys.reduce((field, key) => press(key, field, sign), from).text;

describe('the keypad', () => {
  it('types at the caret, and in place of what is marked', () => {
    expect(typed(['5', '0', 'decimal', '00'])).toBe('50.00');
    expect(typed(['7'], { text: '1250', start: 2, end: 2 })).toBe('12750');
    expect(typed(['7', '00'], { text: '8008010001', start: 0, end: 10 })).toBe('700');
  });

  it('writes the decimal sign of the locale, once, with a zero before it', () => {
    expect(typed(['decimal', '5'], atEnd(''), ',')).toBe('0,5');
    expect(typed(['1', 'decimal', 'decimal', '5', 'decimal'], atEnd(''), ',')).toBe('1,5');
    // Where the sign that stands there is marked, another may take its place.
    expect(typed(['decimal'], { text: '1.5', start: 1, end: 3 })).toBe('1.');
  });

  it('takes back one character, or what is marked, and nothing where there is nothing', () => {
    expect(typed(['back'], atEnd('50.00'))).toBe('50.0');
    expect(typed(['back'], { text: '1250', start: 1, end: 3 })).toBe('10');
    expect(typed(['back'], { text: '1250', start: 0, end: 0 })).toBe('1250');
    expect(typed(['back'], atEnd('张😀'))).toBe('张');
  });

  it('has every digit once, in the order of a number block, and keeps the caret within the text', () => {
    expect([...new Set(keypadKeys)]).toHaveLength(12);
    expect(keypadKeys.slice(0, 3)).toEqual(['7', '8', '9']);
    const keys = fc.array(fc.constantFrom(...keypadKeys), { maxLength: 30 });
    fc.assert(
      fc.property(keys, (pressed) => {
        const field = pressed.reduce((before, key) => press(key, before, ','), atEnd(''));
        expect(field.start).toBe(field.end);
        expect(field.end).toBe(field.text.length);
        expect(field.text.split(',').length).toBeLessThanOrEqual(2);
      }),
    );
  });
});
