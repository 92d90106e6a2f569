/** The verdict on one scan, by the till's own recogniser. */

import type { ScannerSettings } from '../../../preload/contract/index.ts';
import {
  beginListening,
  flaws,
  type KeyPress,
  MIN_KEYS,
  readKey,
  type ScanAct,
  scanKey,
  stripCode,
} from '../../counter/scanner/index.ts';

/** Words are `scanner.flaws.<flaw>`. */
export const testFlaws = [...flaws, 'too-short', 'no-end'] as const;
export type TestFlaw = (typeof testFlaws)[number];

export interface ScanTest {
  readonly code: string;
  readonly stripped: readonly string[];
  readonly characters: number;
  /** Null for a single key. */
  readonly meanGapMs: number | null;
  readonly end: 'enter' | 'tab' | null;
  /** Null for a valid scan. */
  readonly flaw: TestFlaw | null;
}

/** A pause that ends a try. */
export const TEST_PAUSE_MS = 1_000;

const LONG_AGO_MS = 10_000;
const plainField = { cover: 'none', member: 'no' } as const;

function flawOf(act: ScanAct, { characters, end }: Pick<ScanTest, 'characters' | 'end'>): TestFlaw | null {
  if (act.kind === 'take') return null;
  if (act.kind === 'drop') return act.flaw;
  if (characters < MIN_KEYS) return 'too-short';
  return end === null ? 'no-end' : 'too-slow';
}

/** All keys of one try, with the terminator if one came; null where none is a character. */
export function testScan(presses: readonly KeyPress[], settings: ScannerSettings): ScanTest | null {
  const [first] = presses;
  const last = presses.at(-1);
  if (first === undefined || last === undefined) return null;
  let state = beginListening(first.atMs - LONG_AGO_MS);
  let act: ScanAct = { kind: 'swallow' };
  for (const press of presses) ({ state, act } = scanKey(state, press, plainField, settings));
  const typed = presses.flatMap((press) => {
    const meaning = readKey(press);
    if (meaning.kind !== 'char' && meaning.kind !== 'unreadable') return [];
    return [{ char: meaning.kind === 'char' ? meaning.char : '', atMs: press.atMs }];
  });
  const [begin] = typed;
  if (begin === undefined) return null;
  const lastMeaning = readKey(last);
  const spanMs = (typed.at(-1)?.atMs ?? begin.atMs) - begin.atMs;
  const heard = {
    characters: typed.length,
    meanGapMs: typed.length > 1 ? spanMs / (typed.length - 1) : null,
    end: lastMeaning.kind === 'end' ? lastMeaning.end : null,
  };
  return {
    ...heard,
    ...stripCode(typed.map(({ char }) => char).join(''), settings),
    flaw: flawOf(act, heard),
  };
}
