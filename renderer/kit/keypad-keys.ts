import { characters } from './characters.ts';

/** A field's text and its caret or selection. */
export interface Typed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '00'] as const;

export type KeypadKey = (typeof digits)[number] | 'decimal' | 'back';

/** Row by row, as on a keyboard's number block. */
export const keypadKeys: readonly KeypadKey[] = [
  '7',
  '8',
  '9',
  '4',
  '5',
  '6',
  '1',
  '2',
  '3',
  '00',
  '0',
  'decimal',
];

/** Replaces the selection, or inserts at the caret. */
function insert({ text, start, end }: Typed, added: string): Typed {
  const caret = start + added.length;
  return { text: text.slice(0, start) + added + text.slice(end), start: caret, end: caret };
}

/** Deletes the selection, or the character before the caret. */
function takeBack(typed: Typed): Typed {
  if (typed.start !== typed.end) return insert(typed, '');
  const before = characters(typed.text.slice(0, typed.start));
  const kept = before.slice(0, -1).join('');
  return insert({ ...typed, start: kept.length }, '');
}

/** A field after a keypad key; the decimal sign is the locale's, and allowed once. */
export function press(key: KeypadKey, typed: Typed, decimalSign: string): Typed {
  switch (key) {
    case 'back':
      return takeBack(typed);
    case 'decimal': {
      const rest = insert(typed, '').text;
      if (rest.includes(decimalSign)) return typed;
      return insert(typed, typed.start === 0 ? `0${decimalSign}` : decimalSign);
    }
    default:
      return insert(typed, key);
  }
}
