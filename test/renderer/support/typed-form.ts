import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { createScanDesk, type FieldText, type Focus } from '../../../renderer/counter/scanner/scan-desk.ts';
import { type KeyPress, readKey } from '../../../renderer/counter/scanner/scan-key.ts';

/**
 * The till's form as a browser would have it under these keys: a character lands in the focused field unless the
 * key was kept from the page, Enter confirms, Space and Enter press a button, an input method writes into the field
 * before it has decided, and hands over the rest late.
 */

export const fieldNames = ['member', 'amount', 'points', 'note', 'find'] as const;
export type FieldName = (typeof fieldNames)[number];
/** `ways`: a row of buttons that 1 to 4 choose among. */
export type Place = FieldName | 'button' | 'ways' | 'none';
export const places = [...fieldNames, 'button', 'none'] as const satisfies readonly Place[];

export const scannerSettings: ScannerSettings = { meanGapMs: 35, prefix: '', suffix: '', end: 'either' };

export type Texts = Readonly<Record<FieldName, FieldText>>;

const textOf = (value = ''): FieldText => ({ value, start: value.length, end: value.length });

export const textsOf = (values: Partial<Record<FieldName, string>> = {}): Texts => ({
  member: textOf(values.member),
  amount: textOf(values.amount),
  points: textOf(values.points),
  note: textOf(values.note),
  find: textOf(values.find),
});

export function inserted({ value, start, end }: FieldText, text: string): FieldText {
  const at = start ?? value.length;
  const caret = at + text.length;
  return { value: value.slice(0, at) + text + value.slice(end ?? value.length), start: caret, end: caret };
}

interface Options {
  readonly texts?: Texts;
  readonly focus?: Place;
  readonly isCovered?: boolean;
  /** A covered field where a scan is heard, as a PIN's is. */
  readonly isHeard?: boolean;
  /** Where what is typed past the fields is meant to go; null: a form that was begun takes none of it. */
  readonly meant?: FieldName | null;
  readonly settings?: ScannerSettings;
}

interface Timer {
  readonly dueMs: number;
  readonly action: () => void;
}

export function typedForm({
  texts = textsOf(),
  focus = 'none',
  isCovered = false,
  isHeard = false,
  meant = 'member',
  settings = scannerSettings,
}: Options = {}) {
  const fields = { ...texts };
  const now = { atMs: 0, focus, isCovered };
  const happened = {
    found: [] as string[],
    refused: [] as string[],
    credits: 0,
    lookedUp: [] as string[],
    tabs: 0,
  };
  const overheard: string[] = [];
  const chosen: string[] = [];
  const timers = new Set<Timer>();
  /** The button that has the focus is the one that confirms: the worst there is. */
  const pressButton = () => {
    happened.credits += 1;
  };
  const isField = (place: Place): place is FieldName =>
    place !== 'button' && place !== 'ways' && place !== 'none';
  const focusOf = (): Focus<FieldName> => {
    if (isField(now.focus)) return { kind: 'field', field: now.focus };
    if (now.focus === 'none') return { kind: 'elsewhere' };
    const isWays = now.focus === 'ways';
    const choose = (char: string) => () => void chosen.push(char);
    return {
      kind: 'button',
      press: (char) => (char === ' ' ? pressButton : isWays && /^[1-4]$/.test(char) ? choose(char) : null),
    };
  };
  const desk = createScanDesk<FieldName>(
    {
      nowMs: () => now.atMs,
      settings: () => settings,
      isCovered: () => now.isCovered,
      focus: focusOf,
      isHeardIn: () => isHeard,
      memberField: () => 'member',
      meant: () => meant,
      toMeant: (field) => {
        now.focus = field;
      },
      read: (field) => fields[field],
      write: (field, text) => {
        fields[field] = text;
      },
      endComposition: () => undefined,
      find: (code) => happened.found.push(code),
      refuse: (flaw) => happened.refused.push(flaw),
      overhear: ({ code }) => overheard.push(code),
      schedule: (delayMs, action) => {
        const timer = { dueMs: now.atMs + delayMs, action };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    -10_000,
  );
  const passTo = (atMs: number) => {
    for (const timer of timers) {
      if (timer.dueMs > atMs) continue;
      timers.delete(timer);
      timer.action();
    }
    now.atMs = atMs;
  };
  /** Text that comes without a key of its own. */
  const handOver = (text: string, atMs: number) => {
    passTo(atMs);
    if (isField(now.focus) && !desk.isLeftOver(atMs)) fields[now.focus] = inserted(fields[now.focus], text);
  };
  const act = (press: KeyPress, written: string | undefined) => {
    const meaning = readKey(press);
    if (meaning.kind === 'end' && meaning.end === 'tab') happened.tabs += 1;
    else if (meaning.kind === 'end') {
      if (now.focus === 'member') happened.lookedUp.push(fields.member.value);
      else if (now.focus !== 'none' && now.focus !== 'find') happened.credits += 1;
    } else if (isField(now.focus)) {
      const own = meaning.kind === 'char' && meaning.isTyped ? meaning.char : '';
      if (written !== '') fields[now.focus] = inserted(fields[now.focus], written ?? own);
    } else if (meaning.kind === 'char' && meaning.char === ' ' && now.focus === 'button') pressButton();
  };
  return {
    fields: fields as Texts,
    now,
    happened,
    overheard,
    chosen,
    handOver,
    passTo,
    /** `written`: what an input method makes of the key, kept from the page or not. */
    press: (press: KeyPress, written?: string): boolean => {
      passTo(press.atMs);
      const isKept = desk.keyDown(press);
      if (!isKept || (press.isComposing && readKey(press).kind !== 'end')) act(press, written);
      desk.keyUp(press.code);
      return isKept;
    },
  };
}
export type TypedForm = ReturnType<typeof typedForm>;

const plain = { shift: false, capsLock: false, command: false, isRepeat: false, isComposing: false };
const codes: readonly (readonly [string, string])[] = [
  ['Minus', '-_'],
  ['Equal', '=+'],
  ['BracketLeft', '[{'],
  ['BracketRight', ']}'],
  ['Backslash', '\\|'],
  ['Semicolon', ';:'],
  ['Quote', '\'"'],
  ['Backquote', '`~'],
  ['Comma', ',<'],
  ['Period', '.>'],
  ['Slash', '/?'],
  ...Array.from('0123456789').map(
    (digit, index) => [`Digit${digit}`, `${digit}${')!@#$%^&*('.charAt(index)}`] as const,
  ),
];

/** The key of an American keyboard that types this character; none for others. */
export function keyOf(char: string): { readonly code: string; readonly shift: boolean } {
  if (char === ' ') return { code: 'Space', shift: false };
  if (/^[a-z]$/i.test(char)) return { code: `Key${char.toUpperCase()}`, shift: char !== char.toLowerCase() };
  const found = codes.find(([, both]) => both.includes(char));
  return found === undefined
    ? { code: '', shift: false }
    : { code: found[0], shift: found[1].indexOf(char) === 1 };
}

export const charPress = (char: string, atMs: number, change: Partial<KeyPress> = {}): KeyPress => ({
  ...plain,
  key: char,
  ...keyOf(char),
  atMs,
  ...change,
});

export const namedPress = (key: string, atMs: number, change: Partial<KeyPress> = {}): KeyPress => ({
  ...plain,
  key,
  code: key,
  atMs,
  ...change,
});

/** The key as a page hears it while an input method is on: only its place on the keyboard is told. */
export const composed = (press: KeyPress): KeyPress => ({ ...press, key: 'Process', isComposing: true });
