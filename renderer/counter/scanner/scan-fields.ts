import type { FieldText, Focus } from './scan-desk.ts';
import type { KeyPress } from './scan-key.ts';

export const pressOf = (event: KeyboardEvent): KeyPress => ({
  key: event.key,
  code: event.code,
  atMs: event.timeStamp,
  shift: event.shiftKey,
  capsLock: event.getModifierState('CapsLock'),
  command: (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph'),
  isRepeat: event.repeat,
  isComposing: event.isComposing || event.key === 'Process',
});

export type TextField = HTMLInputElement | HTMLTextAreaElement;

const textTypes: ReadonlySet<string> = new Set(['text', 'search', 'password', 'tel', 'url', 'email']);

export function textFieldOf(element: EventTarget | null): TextField | null {
  if (element instanceof HTMLTextAreaElement) return element;
  return element instanceof HTMLInputElement && textTypes.has(element.type) ? element : null;
}

/** Elements that Space presses. */
const PRESSABLE = 'button, [role="button"], input[type="checkbox"], input[type="radio"]';

/** Space presses the element; a row with `data-char` presses the button of that character. */
function pressedBy(element: HTMLElement, char: string): (() => void) | null {
  if (char === ' ') return () => element.click();
  const row = element.dataset['char'] === undefined ? null : element.parentElement;
  const named = [...(row?.querySelectorAll<HTMLElement>('[data-char]') ?? [])];
  const meant = named.find(({ dataset }) => dataset['char'] === char);
  return meant === undefined ? null : () => meant.click();
}

export function focusNow(): Focus<TextField> {
  const element = document.activeElement;
  const field = textFieldOf(element);
  if (field !== null && !field.disabled && !field.readOnly) return { kind: 'field', field };
  if (element instanceof HTMLElement && element.matches(PRESSABLE)) {
    return { kind: 'button', press: (char) => pressedBy(element, char) };
  }
  return { kind: 'elsewhere' };
}

export const readField = ({ value, selectionStart, selectionEnd }: TextField): FieldText => ({
  value,
  start: selectionStart,
  end: selectionEnd,
});

/** Bypasses React's value tracking, so that React notices the change. */
export function setValue(field: TextField, value: string): void {
  const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value);
}

export function writeField(field: TextField, { value, start, end }: FieldText): void {
  if (field.value !== value) {
    setValue(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  if (start !== null) field.setSelectionRange(start, end);
}

/** Blurring and focusing discards the composition. */
export function endComposition(field: TextField): void {
  if (document.activeElement !== field) return;
  field.blur();
  field.focus({ preventScroll: true });
}
