import { useEffect } from 'react';
import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { receiptCodeShape } from '../../../preload/contract/paper/receipt-code-shape.ts';
import { closeHelp, isHelpOpen } from '../../shared/help.ts';
import { receiptCodeScans } from '../../shared/receipt-code-scans.ts';
import { isLocked, topics } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { topUp } from '../counter/index.ts';
import { createScanDesk, type ScanDesk } from './scan-desk.ts';
import {
  endComposition,
  focusNow,
  pressOf,
  readField,
  setValue,
  type TextField,
  textFieldOf,
  writeField,
} from './scan-fields.ts';
import type { Flaw, Heard } from './scanner.ts';

/** Before there is a till: only listens, so that no scan is heard in part. */
const anyScanner: ScannerSettings = { meanGapMs: 35, prefix: '', suffix: '', end: 'either' };

const settings = (): ScannerSettings => topics.now('till')?.scanner ?? anyScanner;

const memberField = (): TextField | null =>
  document.querySelector<HTMLInputElement>('input[data-scan="member"]');

function isCovered(): boolean {
  const { dialog, screen } = view.store.getState();
  if (memberField() === null || isLocked() || isHelpOpen()) return true;
  const isInDialog = document.activeElement?.closest('[role="dialog"], [role="alertdialog"]') ?? null;
  const isChoosing = topUp.store.getState().choices !== null;
  return dialog !== null || screen.kind !== 'till' || isChoosing || isInDialog !== null;
}

/** A scan is no PIN, and no word to narrow a choice of members by. */
const isHeardIn = (field: TextField): boolean =>
  field.dataset['digits'] === 'pin' || topUp.store.getState().choices !== null;

/** The member field until a member is up, who is never typed over; then what a sum is missing in, else none. */
function meant(char: string): TextField | null {
  if (topUp.store.getState().member?.status !== 'active') return memberField();
  if (!/[\d.,]/.test(char)) return null;
  const digits = document.querySelector<HTMLInputElement>('input[data-takes-digits]');
  return digits === null || digits.disabled ? null : digits;
}

/** Replaces a number that was looked up, continues what is being typed. */
function toMeant(field: TextField): void {
  const { member, lookupError } = topUp.store.getState();
  field.focus();
  if (field === memberField() && (member !== null || lookupError !== null)) field.select();
  else field.setSelectionRange(field.value.length, field.value.length);
}

const UNREAD = 'scan-unread';
const OF_A_RECEIPT = 'receipt-scanned';

function find(code: string): void {
  const told = view.store.getState().notice?.code;
  if (told === UNREAD || told === OF_A_RECEIPT) view.notice(null);
  void topUp.scan(code);
}

function refuse(flaw: Flaw, { code, meanGapMs }: Heard): void {
  const details = { reason: flaw, meanGapMs: String(Math.round(meanGapMs)) };
  view.notice(receiptCodeShape.test(code) ? { code: OF_A_RECEIPT } : { code: UNREAD, details });
}

/** Only read, with nothing typed and no money asked: a scan closes them, as it does a choice of members. */
const onlyRead: ReadonlySet<string> = new Set(['menu', 'details', 'notices']);

/** A scan while something lies over the till: it closes what is only read, and else is said not to be taken. */
function overhear(heard: Heard): void {
  if (receiptCodeScans.hear(heard.code)) return;
  const { dialog, screen } = view.store.getState();
  if (screen.kind !== 'till' || isLocked()) return;
  const isChoosing = topUp.store.getState().choices !== null;
  const isOnlyRead = dialog === null ? isHelpOpen() || isChoosing : onlyRead.has(dialog.kind);
  if (!isOnlyRead) refuse('covered', heard);
  else {
    closeHelp();
    view.close();
    if (isChoosing) topUp.dismissChoices();
    // What closes puts the focus into the member field first.
    schedule(0, () => find(heard.code));
  }
}

function schedule(delayMs: number, action: () => void): () => void {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
}

/** Keeps late text of an input method from reaching a field. */
function refuseLeftOvers(desk: ScanDesk) {
  const before = new WeakMap<TextField, string>();
  const isLeftOver = (event: Event): TextField | null =>
    event.isTrusted && desk.isLeftOver(event.timeStamp) ? textFieldOf(event.target) : null;
  return {
    onBeforeInput: (event: Event) => {
      const field = isLeftOver(event);
      if (field === null) return;
      before.set(field, field.value);
      event.preventDefault();
    },
    onInput: (event: Event) => {
      const field = isLeftOver(event);
      const value = field === null ? undefined : before.get(field);
      if (field === null || value === undefined) return;
      event.stopPropagation();
      setValue(field, value);
    },
  };
}

/** Hears every key before the widgets, so that a scan's Enter presses nothing. */
export function useScanner(): void {
  useEffect(() => {
    const heard = { find, refuse, overhear };
    const ports = {
      settings,
      isCovered,
      isHeardIn,
      focus: focusNow,
      memberField,
      meant,
      toMeant,
      schedule,
      ...heard,
    };
    const nowMs = () => performance.now();
    const fields = { read: readField, write: writeField, endComposition };
    const desk = createScanDesk<TextField>({ ...ports, ...fields, nowMs }, nowMs());
    const keep = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (desk.keyDown(pressOf(event))) keep(event);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (desk.keyUp(event.code)) keep(event);
    };
    const { onBeforeInput, onInput } = refuseLeftOvers(desk);
    const leaving = new AbortController();
    const how = { capture: true, signal: leaving.signal };
    window.addEventListener('keydown', onKeyDown, how);
    window.addEventListener('keyup', onKeyUp, how);
    window.addEventListener('beforeinput', onBeforeInput, how);
    window.addEventListener('input', onInput, how);
    return () => {
      leaving.abort();
      desk.leave();
    };
  }, []);
}
