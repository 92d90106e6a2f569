import type { ScannerSettings } from '../../../preload/contract/index.ts';

/** A code and what was taken off it. */
export interface StrippedCode {
  readonly code: string;
  /** In the order in which it was taken off, as it was heard. */
  readonly stripped: readonly string[];
}

/** An input method's wide letters and digits, as the narrow ones that a card carries. */
export const narrowed = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Says which kind of bar code it was, e.g. `]C1`. */
const AIM_PREFIX = /^\][A-Za-z]\d/;
/** Of a magnetic stripe's tracks. */
const TRACK = /^([;%])(.*)\?$/;

/**
 * The card's own code: without the kind of bar code, a stripe's marks and what the shop's scanner puts before
 * and behind. Each is taken off once, so that a code that itself begins so stays whole.
 */
export function stripCode(
  heard: string,
  { prefix, suffix }: Pick<ScannerSettings, 'prefix' | 'suffix'>,
): StrippedCode {
  const stripped: string[] = [];
  let code = narrowed(heard);
  const takeFront = (length: number) => {
    stripped.push(code.slice(0, length));
    code = code.slice(length);
  };
  const takeAim = () => {
    if (!AIM_PREFIX.test(code)) return false;
    takeFront(3);
    return true;
  };
  const takePrefix = () => {
    const wanted = narrowed(prefix);
    if (wanted === '' || !sameText(code.slice(0, wanted.length), wanted)) return false;
    takeFront(wanted.length);
    return true;
  };
  // Scanners differ in which of the two comes first.
  const hadPrefix = takePrefix();
  const hadAim = takeAim();
  if (!hadPrefix && hadAim) takePrefix();
  const ending = narrowed(suffix);
  if (ending !== '' && code.length >= ending.length && sameText(code.slice(-ending.length), ending)) {
    stripped.push(code.slice(-ending.length));
    code = code.slice(0, -ending.length);
  }
  const track = TRACK.exec(code);
  if (track !== null) {
    stripped.push(track[1] ?? '', '?');
    code = track[2] ?? '';
  }
  return { code: code.trim(), stripped };
}
