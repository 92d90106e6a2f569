/**
 * Tells a scanner, a fast keyboard that ends with Enter or Tab, from a person, for the whole window. A scan is taken
 * whole or not at all: the rest of a spoilt one could be another member's number. Pure: keys carry their time.
 */

import type { ScannerSettings } from '../../../preload/contract/index.ts';
import { type StrippedCode, stripCode } from './scan-code.ts';
import { type KeyPress, readKey } from './scan-key.ts';

export interface Where {
  /**
   * `text`: a text box of a dialog or another screen, which types normally; `shut`: anything else there. Scans go
   * into neither.
   */
  readonly cover: 'none' | 'text' | 'shut';
  /** The member field; `empty`: typed text will be all of it. */
  readonly member: 'no' | 'holding' | 'empty';
}

/** Why scanner-fast keys are no scan; in words: `scanner.flaws.<flaw>`. */
export const flaws = [
  'other-key',
  'command',
  'unreadable',
  'held-key',
  'pause',
  'too-long',
  'too-slow',
  'late-end',
  'wrong-end',
  'covered',
  'empty',
] as const;
export type Flaw = (typeof flaws)[number];

/** What was heard from a first key to an end key. */
export interface Heard extends StrippedCode {
  readonly heard: string;
  readonly keys: number;
  readonly meanGapMs: number;
  readonly end: 'enter' | 'tab';
}

interface Burst {
  readonly text: string;
  readonly keys: number;
  /** The sum and number of the times between keys, pauses excluded. */
  readonly spanMs: number;
  readonly gaps: number;
  readonly lastMs: number;
  /** The first flaw. */
  readonly flaw: Flaw | null;
  readonly followsPerson: boolean;
  /** It is all of the member field's text. */
  readonly isAlone: boolean;
  /** It all went into a text box without scans. */
  readonly isOrdinary: boolean;
}

export interface ScanState {
  readonly burst: Burst | null;
  /** When an end key was last kept from the page: some scanners send two. */
  readonly keptEndMs: number | null;
}

export type ScanAct =
  /** A person's key, as far as known. */
  | { readonly kind: 'pass'; readonly burst: 'none' | 'begins' | 'goes-on' }
  | { readonly kind: 'swallow' }
  /** A scan: its text is removed, its code looked up. */
  | { readonly kind: 'take'; readonly heard: Heard }
  /** Neither surely: its text is removed, nothing else happens. */
  | { readonly kind: 'drop'; readonly heard: Heard; readonly flaw: Flaw };

interface ScanStep {
  readonly state: ScanState;
  readonly act: ScanAct;
}

export const MIN_KEYS = 3;
/** The contract's longest query. */
const MAX_KEYS = 100;
/** Longest text heard: a receipt's code is longer than a card's. */
const MAX_HEARD = 400;
/** The fastest person; also the longest gap within a scan. */
const TYPING_GAP_MS = 60;
/** After a scan without an end key, keys within this time are still its own. */
const UNENDED_MS = 1_000;
const LATE_END_MS = 2_000;
/** Between two keys of a person typing. */
const AT_IT_MS = 500;

/** Times that grow with the setting for slow scanners. */
export function paceOf({ meanGapMs }: Pick<ScannerSettings, 'meanGapMs'>) {
  const typingMs = Math.max(TYPING_GAP_MS, Math.ceil((meanGapMs * 12) / 7));
  // Longer than a stutter of the scanner.
  return { typingMs, pauseMs: typingMs * 2.5 };
}

/** Keys before listening began are unknown, so a scan heard in part is none. */
export const beginListening = (atMs: number): ScanState => ({
  burst: { ...noKeys, lastMs: atMs, flaw: 'pause' },
  keptEndMs: null,
});

const noKeys = {
  text: '',
  keys: 0,
  spanMs: 0,
  gaps: 0,
  followsPerson: false,
  isAlone: false,
  isOrdinary: true,
} as const;

const pass = (state: ScanState, burst: 'none' | 'begins' | 'goes-on' = 'none'): ScanStep => ({
  state,
  act: { kind: 'pass', burst },
});

const meanGapOf = ({ spanMs, gaps }: Burst) => (gaps === 0 ? 0 : spanMs / gaps);

const isQuickerThan = (burst: Burst, meanGapMs: number) =>
  burst.keys >= MIN_KEYS && burst.gaps > 0 && meanGapOf(burst) <= meanGapMs;

interface Typed {
  readonly char: string;
  readonly flaw: Flaw | null;
}

function grown(burst: Burst, { char, flaw }: Typed, atMs: number, where: Where): Burst {
  const keys = burst.keys + 1;
  return {
    ...burst,
    text: keys > MAX_HEARD ? burst.text : burst.text + char,
    keys,
    lastMs: atMs,
    flaw: burst.flaw ?? flaw ?? (keys > MAX_KEYS ? 'too-long' : where.cover === 'none' ? null : 'covered'),
    isAlone: burst.keys === 0 ? where.member === 'empty' : burst.isAlone && where.member !== 'no',
    isOrdinary: burst.isOrdinary && where.cover === 'text',
  };
}

function typedKey(
  state: ScanState,
  typed: Typed,
  atMs: number,
  where: Where,
  settings: ScannerSettings,
): ScanStep {
  const { burst } = state;
  const { typingMs, pauseMs } = paceOf(settings);
  const gapMs = burst === null ? Number.POSITIVE_INFINITY : atMs - burst.lastMs;
  if (burst !== null && gapMs < typingMs) {
    const timed = burst.keys === 0 ? burst : { ...burst, spanMs: burst.spanMs + gapMs, gaps: burst.gaps + 1 };
    return pass({ ...state, burst: grown(timed, typed, atMs, where) }, 'goes-on');
  }
  // A stutter, or a scan without an end key: the rest is no code.
  if (burst !== null && gapMs < UNENDED_MS && isQuickerThan(burst, typingMs)) {
    const stuttered = { ...burst, flaw: burst.flaw ?? 'pause' };
    return pass({ ...state, burst: grown(stuttered, typed, atMs, where) }, 'goes-on');
  }
  // One key just before may be this scan's first; two at a person's pace are a person's.
  const isByPerson = burst === null || burst.keys === 0 || (burst.keys === 1 && burst.followsPerson);
  const flaw = gapMs < pauseMs && !isByPerson ? 'pause' : null;
  const first: Burst = {
    ...noKeys,
    lastMs: atMs,
    flaw,
    followsPerson: burst !== null && burst.keys === 1 && gapMs < AT_IT_MS,
  };
  return pass({ ...state, burst: grown(first, typed, atMs, where) }, 'begins');
}

/** A key that no card contains; it spoils a scan. */
function otherKey(state: ScanState, flaw: Flaw, atMs: number, settings: ScannerSettings): ScanStep {
  const { burst } = state;
  const { typingMs, pauseMs } = paceOf(settings);
  const gapMs = burst === null ? Number.POSITIVE_INFINITY : atMs - burst.lastMs;
  const isMidst = burst !== null && !burst.isOrdinary && isQuickerThan(burst, settings.meanGapMs);
  if (burst === null || gapMs >= (isMidst ? UNENDED_MS : pauseMs)) {
    // No code begins with such a key, but one may begin with a control character or a held key.
    if (flaw === 'other-key') return pass({ ...state, burst: null });
    return pass({ ...state, burst: { ...noKeys, lastMs: atMs, flaw } }, 'begins');
  }
  const spoilt = { ...state, burst: { ...burst, lastMs: atMs, flaw: burst.flaw ?? flaw } };
  const isScanners = isMidst && gapMs < typingMs;
  return isScanners ? { state: spoilt, act: { kind: 'swallow' } } : pass(spoilt, 'goes-on');
}

/** At the end key: whose keys they were. */
function judge(
  burst: Burst,
  end: 'enter' | 'tab',
  atMs: number,
  settings: ScannerSettings,
): 'person' | 'scan' | Flaw {
  if (burst.keys < MIN_KEYS) return 'person';
  const { typingMs, pauseMs } = paceOf(settings);
  const gapMs = atMs - burst.lastMs;
  const withEndMs = (burst.spanMs + gapMs) / (burst.gaps + 1);
  if (Math.min(meanGapOf(burst), withEndMs) > settings.meanGapMs) {
    // Faster than a person, slower than the scanner's setting.
    return withEndMs < typingMs ? (burst.flaw ?? 'too-slow') : 'person';
  }
  if (gapMs >= LATE_END_MS) return 'person';
  if (burst.flaw !== null) return burst.flaw;
  if (gapMs >= pauseMs) return 'late-end';
  if (settings.end !== 'either' && settings.end !== end) return 'wrong-end';
  return stripCode(burst.text, settings).code === '' ? 'empty' : 'scan';
}

/** Whether Enter looks it up normally, as it is all of the member field. */
const looksUpItself = (burst: Burst, end: 'enter' | 'tab', flaw: Flaw, where: Where) =>
  end === 'enter' && (flaw === 'too-slow' || flaw === 'late-end') && burst.isAlone && where.member !== 'no';

function endKey(
  state: ScanState,
  end: 'enter' | 'tab',
  { atMs, isRepeat }: KeyPress,
  where: Where,
  settings: ScannerSettings,
): ScanStep {
  const { burst, keptEndMs } = state;
  const kept = { burst: null, keptEndMs: atMs };
  const whose = burst === null ? 'person' : judge(burst, end, atMs, settings);
  if (burst === null || whose === 'person') {
    // CR and LF of a scanner.
    const isSecond =
      (burst?.keys ?? 0) === 0 && keptEndMs !== null && atMs - keptEndMs < paceOf(settings).typingMs;
    return isSecond ? { state: kept, act: { kind: 'swallow' } } : pass({ burst: null, keptEndMs: null });
  }
  const heard: Heard = {
    ...stripCode(burst.text, settings),
    heard: burst.text,
    keys: burst.keys,
    meanGapMs: meanGapOf(burst),
    end,
  };
  if (whose === 'scan' && where.cover === 'none') return { state: kept, act: { kind: 'take', heard } };
  const flaw = whose === 'scan' ? 'covered' : whose;
  // Typed into a text box without scans, with an end key there or, long after, elsewhere.
  const isOver = where.cover === 'text' || atMs - burst.lastMs >= paceOf(settings).pauseMs;
  if (burst.isOrdinary && isOver) return pass({ burst: null, keptEndMs: null });
  if (looksUpItself(burst, end, flaw, where)) return pass({ burst: null, keptEndMs: null });
  // It may be within the code: what follows at once is spoilt too.
  const tail = flaw === 'wrong-end' ? { ...noKeys, lastMs: atMs, flaw } : null;
  return {
    state: { burst: tail, keptEndMs: isRepeat ? keptEndMs : atMs },
    act: { kind: 'drop', heard, flaw },
  };
}

export function scanKey(
  state: ScanState,
  press: KeyPress,
  where: Where,
  settings: ScannerSettings,
): ScanStep {
  const meaning = readKey(press);
  const { atMs } = press;
  switch (meaning.kind) {
    case 'modifier':
      return pass(state);
    case 'end':
      return endKey(state, meaning.end, press, where, settings);
    case 'unreadable':
      return typedKey(state, { char: '', flaw: 'unreadable' }, atMs, where, settings);
    case 'char':
      if (press.isRepeat) return otherKey(state, 'held-key', atMs, settings);
      return typedKey(state, { char: meaning.char, flaw: null }, atMs, where, settings);
    case 'command':
      return otherKey(state, 'command', atMs, settings);
    case 'other':
      return otherKey(state, 'other-key', atMs, settings);
  }
}
