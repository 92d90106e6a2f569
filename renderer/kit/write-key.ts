import { type KeypadKey, press } from './keypad-keys.ts';

/** As if it had been typed: whoever listens to the field hears of it. */
export function writeKey(field: HTMLInputElement, key: KeypadKey, decimalSign = '.'): void {
  if (field.readOnly) return;
  const text = field.value;
  const start = field.selectionStart ?? text.length;
  const after = press(key, { text, start, end: field.selectionEnd ?? start }, decimalSign);
  field.focus();
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  setValue?.call(field, after.text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.setSelectionRange(after.start, after.end);
}

/** As the Enter key of a keyboard does there. */
export function pressEnter(field: HTMLInputElement): void {
  field.focus();
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true }));
}
