/**
 * A scanner is a fast keyboard: digits, then Enter. Pure: the time of each key comes in with it.
 */

/** Where the keys land. */
export type KeyTarget =
  /** No text field: digits mean nothing there, so they can only be for the member field. */
  | 'elsewhere'
  | 'member'
  /** An amount or the note: a person may be typing there. */
  | 'form-field'
  /** Find, a dialog: never ours. */
  | 'other-field';

export interface ScanKey {
  readonly key: string;
  /** Monotonic milliseconds, as of `event.timeStamp`. */
  readonly atMs: number;
  readonly target: KeyTarget;
  /** What the field held before this key. */
  readonly fieldText: string;
  /** True for Ctrl, Alt or Meta, for a held key and inside an input method's composition. */
  readonly special: boolean;
}

export interface ScanState {
  readonly digits: string;
  readonly startMs: number;
  readonly lastMs: number;
  readonly target: KeyTarget;
  /** What the field held before the first digit, to be put back after a scan. */
  readonly textBefore: string;
}

export interface ScanStep {
  readonly state: ScanState | null;
  /** Set when this key is the Enter that ends a scan. */
  readonly scanned: { readonly digits: string; readonly textBefore: string } | null;
}

// A quick typist needs about 90 ms a digit over a whole number; scanners take 1 to 40 ms.
const FAST_MEAN_MS = 60;
const FAST_GAP_MS = 120;
const PERSON_GAP_MS = 2_000;
const MIN_DIGITS_IN_FIELD = 7;
const MIN_DIGITS_ELSEWHERE = 4;
const MAX_DIGITS = 40;

const gapMs = (target: KeyTarget) => (target === 'elsewhere' ? PERSON_GAP_MS : FAST_GAP_MS);

function isScan(state: ScanState, enterMs: number): boolean {
  if (state.target === 'elsewhere') return state.digits.length >= MIN_DIGITS_ELSEWHERE;
  if (state.digits.length < MIN_DIGITS_IN_FIELD) return false;
  // Something stood in the amount already: a person is typing it, whatever the speed.
  if (state.target === 'form-field' && state.textBefore !== '') return false;
  return (enterMs - state.startMs) / state.digits.length <= FAST_MEAN_MS;
}

export function scanKey(state: ScanState | null, input: ScanKey): ScanStep {
  const goesOn =
    state !== null && state.target === input.target && input.atMs - state.lastMs <= gapMs(input.target);
  if (input.special || input.target === 'other-field') return { state: null, scanned: null };
  if (input.key === 'Enter') {
    const scanned =
      goesOn && isScan(state, input.atMs) ? { digits: state.digits, textBefore: state.textBefore } : null;
    return { state: null, scanned };
  }
  if (!/^\d$/.test(input.key)) return { state: input.key === 'Shift' ? state : null, scanned: null };
  const next = goesOn
    ? { ...state, digits: state.digits + input.key, lastMs: input.atMs }
    : {
        digits: input.key,
        startMs: input.atMs,
        lastMs: input.atMs,
        target: input.target,
        textBefore: input.fieldText,
      };
  return { state: next.digits.length > MAX_DIGITS ? null : next, scanned: null };
}
