/**
 * What one key means to a scanner's recogniser. With an input method on, the browser says only which key it
 * was, not what it would have typed: then it is read as a scanner types, on the American layout.
 */

/** The parts of a `keydown` that tell. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  /** Monotonic milliseconds, as of `event.timeStamp`: when the key came, however late it is heard. */
  readonly atMs: number;
  readonly shift: boolean;
  readonly capsLock: boolean;
  /** Ctrl, Alt or Meta; not where AltGr makes a character. */
  readonly command: boolean;
  /** The system repeats a key that is held. */
  readonly isRepeat: boolean;
  /** An input method has it first. */
  readonly isComposing: boolean;
}

export type KeyMeaning =
  /** `isTyped`: the browser puts this very character where the focus is. */
  | { readonly kind: 'char'; readonly char: string; readonly isTyped: boolean }
  /** It types something, and what cannot be known. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'end'; readonly end: 'enter' | 'tab' }
  /** Shift and its like: never on their own part of what is typed. */
  | { readonly kind: 'modifier' }
  /** Ctrl, Alt or Meta with another key: a control character of a code, or a person's shortcut. */
  | { readonly kind: 'command' }
  | { readonly kind: 'other' };

const modifiers: ReadonlySet<string> = new Set([
  ...['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'OS', 'Fn', 'FnLock', 'Hyper', 'Super', 'Symbol'],
  ...['CapsLock', 'NumLock', 'ScrollLock'],
]);

/** Physical keys with what they type plain and with Shift. */
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
  // Some scanners spell every character as Alt and its number.
  if (command) return { kind: code.startsWith('Numpad') && !endOf(press) ? 'unreadable' : 'command' };
  // It types with the key after it, which it makes another.
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
  // The number pad with NumLock off: arrows for a person, still digits for a scanner.
  const digit = /^Numpad\d$/.test(code) ? american(press) : null;
  return digit === null ? { kind: 'other' } : { kind: 'char', char: digit, isTyped: false };
}
