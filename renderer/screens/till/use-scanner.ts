import { useEffect } from 'react';
import { type KeyTarget, type ScanState, scanKey } from '../../logic/scanner.ts';
import { topUp, view } from '../../stores/index.ts';

function targetOf(element: Element | null): KeyTarget {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    const marked = element.dataset['scan'];
    return marked === 'member' || marked === 'form-field' ? marked : 'other-field';
  }
  return 'elsewhere';
}

const isCovered = () => view.store.getState().dialog !== null || topUp.store.getState().choices !== null;

/** Gives the field back what it held before the scanner typed into it. */
function restore(element: Element | null, textBefore: string): void {
  if (!(element instanceof HTMLInputElement) || element.dataset['scan'] !== 'form-field') return;
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  setValue?.call(element, textBefore);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Hears every key before the widgets do, so that a scan's Enter presses nothing. */
export function useScanner(): void {
  useEffect(() => {
    let state: ScanState | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      const element = document.activeElement;
      const step = scanKey(state, {
        key: event.key,
        atMs: event.timeStamp,
        target: isCovered() ? 'other-field' : targetOf(element),
        fieldText: element instanceof HTMLInputElement ? element.value : '',
        special: event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing,
      });
      state = step.state;
      if (step.scanned === null) return;
      const { digits, textBefore } = step.scanned;
      // A person may have begun the number by hand: then the field as it stands is what was meant.
      const begun = textBefore.trim();
      const isByHand = begun !== '' && topUp.store.getState().member === null;
      if (targetOf(element) === 'member' && isByHand) return;
      event.preventDefault();
      event.stopPropagation();
      restore(element, textBefore);
      void topUp.scan(digits);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
