/**
 * Between the recogniser and the fields: removes what a scan typed, and directs a person's keys. Fields are reached
 * by ports, for tests.
 */

import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { type KeyPress, readKey } from './scan-key.ts';
import {
  beginListening,
  type Flaw,
  type Heard,
  paceOf,
  type ScanState,
  scanKey,
  type Where,
} from './scanner.ts';

export interface FieldText {
  readonly value: string;
  readonly start: number | null;
  readonly end: number | null;
}

export type Focus<F> =
  | { readonly kind: 'field'; readonly field: F }
  /** What a character does there, e.g. Space presses it; null for nothing. */
  | { readonly kind: 'button'; readonly press: (char: string) => (() => void) | null }
  | { readonly kind: 'elsewhere' };

interface ScanPorts<F> {
  readonly nowMs: () => number;
  readonly settings: () => ScannerSettings;
  /** A dialog or another screen is open. */
  readonly isCovered: () => boolean;
  readonly focus: () => Focus<F>;
  /** A covered field in which a scan would do harm, as in a PIN's: it is heard there, and its text taken out. */
  readonly isHeardIn: (field: F) => boolean;
  readonly memberField: () => F | null;
  /** The field for a character typed outside fields; null for none. */
  readonly meant: (char: string) => F | null;
  /** Focuses the field before the character arrives. */
  readonly toMeant: (field: F) => void;
  readonly read: (field: F) => FieldText;
  readonly write: (field: F, text: FieldText) => void;
  /** Ends an input method's composition. */
  readonly endComposition: (field: F) => void;
  readonly find: (code: string) => void;
  readonly refuse: (flaw: Flaw, heard: Heard) => void;
  /** A scan while the form is covered. */
  readonly overhear: (heard: Heard) => void;
  /** Returns a function that cancels. */
  readonly schedule: (delayMs: number, action: () => void) => () => void;
}

/** An input method delivers its text within this time after a scan's end. */
const LEFT_OVER_MS = 500;

/** Each field's text before the scan. */
function createNotes<F>({ read, write, endComposition }: ScanPorts<F>) {
  const before = new Map<F, FieldText>();
  return {
    forget: () => before.clear(),
    note: (field: F, text = read(field)) => {
      if (!before.has(field)) before.set(field, text);
    },
    takeBack: (isComposed: boolean) => {
      for (const [field, text] of before) {
        if (isComposed) endComposition(field);
        // Cleared meanwhile: its old text was for another member.
        const isSwept = read(field).value === '' && text.value !== '';
        if (!isSwept) write(field, text);
      }
      before.clear();
    },
  };
}

/** A key that presses something only once it is known to be a person's. */
function createKeptKey({ schedule }: Pick<ScanPorts<unknown>, 'schedule'>) {
  let kept: { readonly atMs: number; readonly press: () => void; readonly callOff: () => void } | null = null;
  const drop = () => {
    kept?.callOff();
    kept = null;
  };
  return {
    hold: (atMs: number, delayMs: number, press: () => void) => {
      drop();
      const callOff = schedule(delayMs, () => {
        kept = null;
        press();
      });
      kept = { atMs, press, callOff };
    },
    /** A quick next key makes it a scanner's; a later one finds it pressed. */
    settle: (atMs: number, delayMs: number) => {
      const due = kept !== null && atMs - kept.atMs >= delayMs ? kept.press : null;
      drop();
      due?.();
    },
    drop,
  };
}

type KeptKey = ReturnType<typeof createKeptKey>;

function whereOf<F>(ports: ScanPorts<F>): Where {
  const focus = ports.focus();
  if (ports.isCovered()) {
    const isText = focus.kind === 'field' && !ports.isHeardIn(focus.field);
    return { cover: isText ? 'text' : 'shut', member: 'no' };
  }
  const cover = 'none';
  if (focus.kind !== 'field' || focus.field !== ports.memberField()) return { cover, member: 'no' };
  const { value, start, end } = ports.read(focus.field);
  const isEmpty = value === '' || (start === 0 && end === value.length);
  return { cover, member: isEmpty ? 'empty' : 'holding' };
}

interface Noted<F> {
  readonly field: F;
  readonly text: FieldText;
}

/** Directs a character typed outside fields to one, unless it presses a button. */
function forward<F>(ports: ScanPorts<F>, press: KeyPress): Noted<F> | null {
  const meaning = readKey(press);
  if (meaning.kind !== 'char' || !meaning.isTyped || meaning.char === ' ' || ports.isCovered()) return null;
  const focus = ports.focus();
  if (focus.kind === 'field' || (focus.kind === 'button' && focus.press(meaning.char) !== null)) return null;
  const field = ports.meant(meaning.char);
  if (field === null) return null;
  const text = ports.read(field);
  ports.toMeant(field);
  return { field, text };
}

/** Whether a key presses nothing, or not yet. */
function isKeptKey<F>(ports: ScanPorts<F>, kept: KeptKey, press: KeyPress, isFirst: boolean): boolean {
  const meaning = readKey(press);
  const focus = ports.focus();
  if (meaning.kind !== 'char' || focus.kind === 'field') return false;
  const act = focus.kind === 'button' ? focus.press(meaning.char) : null;
  if (isFirst && act !== null) kept.hold(press.atMs, paceOf(ports.settings()).typingMs, act);
  return act !== null || (meaning.char === ' ' && !isFirst);
}

export function createScanDesk<F>(ports: ScanPorts<F>, startMs: number) {
  let state: ScanState = beginListening(startMs);
  let isComposed = false;
  let leftOverUntilMs = Number.NEGATIVE_INFINITY;
  const notes = createNotes(ports);
  const kept = createKeptKey(ports);
  const keptCodes = new Set<string>();

  const passes = (press: KeyPress, burst: 'none' | 'begins' | 'goes-on', forwarded: Noted<F> | null) => {
    if (burst === 'begins') {
      notes.forget();
      isComposed = false;
    }
    isComposed ||= burst !== 'none' && press.isComposing;
    const focus = ports.focus();
    if (forwarded !== null) notes.note(forwarded.field, forwarded.text);
    else if (burst !== 'none' && focus.kind === 'field') notes.note(focus.field);
    if (readKey(press).kind !== 'modifier') leftOverUntilMs = Number.NEGATIVE_INFINITY;
    if (burst === 'none') return false;
    return isKeptKey(ports, kept, press, burst === 'begins' && !press.isRepeat);
  };

  /** Whether to keep the key from the page. */
  const hear = (press: KeyPress): boolean => {
    const settings = ports.settings();
    const isModifier = readKey(press).kind === 'modifier';
    if (!isModifier) kept.settle(press.atMs, paceOf(settings).typingMs);
    const forwarded = forward(ports, press);
    const step = scanKey(state, press, whereOf(ports), settings);
    state = step.state;
    const { act } = step;
    if (act.kind === 'pass') return passes(press, act.burst, forwarded);
    if (act.kind === 'swallow') return true;
    const isCovered = ports.isCovered();
    if (isComposed || press.isComposing) leftOverUntilMs = ports.nowMs() + LEFT_OVER_MS;
    notes.takeBack(isComposed || press.isComposing);
    if (act.kind === 'take') ports.find(act.heard.code);
    else if (!isCovered) ports.refuse(act.flaw, act.heard);
    else if (act.flaw === 'covered') ports.overhear(act.heard);
    return true;
  };

  return {
    keyDown: (press: KeyPress): boolean => {
      const isKept = hear(press);
      if (isKept) keptCodes.add(press.code);
      else keptCodes.delete(press.code);
      return isKept;
    },
    /** Also keeps the release of a key whose press was kept. */
    keyUp: (code: string): boolean => keptCodes.delete(code),
    /** Late text of an input method belongs to the scan. */
    isLeftOver: (atMs: number): boolean => atMs < leftOverUntilMs,
    leave: kept.drop,
  };
}
export type ScanDesk = ReturnType<typeof createScanDesk>;
