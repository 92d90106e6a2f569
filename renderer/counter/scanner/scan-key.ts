/**
 * What a key means to the recogniser. With an input method the browser reports the key only, so it is read by the US
 * layout, as scanners type.
 */

/** The relevant parts of a `keydown`. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  /** `event.timeStamp`: when the key was pressed, however late it is handled. */
  readonly atMs: number;
  readonly shift: boolean;
  readonly capsLock: boolean;
  /** Ctrl, Alt or Meta, but not AltGr. */
  readonly command: boolean;
  /** Auto-repeat. */
  readonly isRepeat: boolean;
  /** Goes to an input method first. */
  readonly isComposing: boolean;
}

type KeyMeaning =
  /** `isTyped`: the browser inserts this character at the focus. */
  | { readonly kind: 'char'; readonly char: string; readonly isTyped: boolean }
  /** It types something unknown. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'end'; readonly end: 'enter' | 'tab' }
  /** Shift and the like: type nothing themselves. */
  | { readonly kind: 'modifier' }
  /** With Ctrl, Alt or Meta: a control character of a code, or a shortcut. */
  | { readonly kind: 'command' }
  | { readonly kind: 'other' };

const modifiers: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'OS',
  'Fn',
  'FnLock',
  'Hyper',
  'Super',
  'Symbol',
  'CapsLock',
  'NumLock',
  'ScrollLock',
]);

/** Physical keys, plain and with Shift. */
const americanKeys: ReadonlyMap<string, string> = new Map([
  ...[...'1!2@3#4$5%6^7&8*9(0)'.matchAll(/(\d)(.)/g)].map(([both, digit]): [string, string] => [
    `Digit${digit}`,
    both,
  ]),
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ').map((letter): [string, string] => [
    `Key${letter}`,
    letter.toLowerCase() + letter,
  ]),
  ...Array.from('0123456789').map((digit): [string, string] => [`Numpad${digit}`, digit + digit]),
  ['Minus', '-_'],
  ['Equal', '=+'],
  ['BracketLeft', '[{'],
  ['BracketRight', ']}'],
  ['Backslash', '\\|'],
  ['IntlBackslash', '\\|'],
  ['Semicolon', ';:'],
  ['Quote', '\'"'],
  ['Backquote', '`~'],
  ['Comma', ',<'],
  ['Period', '.>'],
  ['Slash', '/?'],
  ['Space', '  '],
  ['NumpadAdd', '++'],
  ['NumpadSubtract', '--'],
  ['NumpadMultiply', '**'],
  ['NumpadDivide', '//'],
  ['NumpadDecimal', '..'],
]);

function american({ code, shift, capsLock }: KeyPress): string | null {
  const both = americanKeys.get(code);
  if (both === undefined) return null;
  const isUpper = code.startsWith('Key') && capsLock ? !shift : shift;
  return both.charAt(isUpper ? 1 : 0);
}

const endOf = ({ key, code, isComposing }: KeyPress): 'enter' | 'tab' | null => {
  const name = isComposing || key === 'Process' ? code : key;
  if (name === 'Enter' || name === 'NumpadEnter') return 'enter';
  return name === 'Tab' ? 'tab' : null;
};

const isOneCharacter = (key: string) => Array.from(key).length === 1;

export function readKey(press: KeyPress): KeyMeaning {
  const { key, code, command } = press;
  if (modifiers.has(key)) return { kind: 'modifier' };
  // Some scanners type characters as Alt and a number.
  if (command) return { kind: code.startsWith('Numpad') && !endOf(press) ? 'unreadable' : 'command' };
  // A dead key modifies the next one.
  if (key === 'Dead') return { kind: 'unreadable' };
  const end = endOf(press);
  if (end === 'tab' && press.shift) return { kind: 'other' };
  if (end !== null) return { kind: 'end', end };
  if (press.isComposing || key === 'Process' || key === 'Unidentified') {
    const char = american(press);
    if (char !== null) return { kind: 'char', char, isTyped: false };
    return { kind: isOneCharacter(key) || code === '' ? 'unreadable' : 'other' };
  }
  if (isOneCharacter(key)) return { kind: 'char', char: key, isTyped: true };
  // The number pad without NumLock: arrows for a person, digits for a scanner.
  const digit = /^Numpad\d$/.test(code) ? american(press) : null;
  return digit === null ? { kind: 'other' } : { kind: 'char', char: digit, isTyped: false };
}
