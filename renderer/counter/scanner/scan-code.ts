import type { ScannerSettings } from '../../../preload/contract/index.ts';

export interface StrippedCode {
  readonly code: string;
  /** In order of removal, as heard. */
  readonly stripped: readonly string[];
}

/** Narrows full-width characters of an input method. */
export const narrowed = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** The AIM symbology identifier, e.g. `]C1`. */
const AIM_PREFIX = /^\][A-Za-z]\d/;
/** A magnetic stripe's track. */
const TRACK = /^([;%])(.*)\?$/;

/**
 * The card's code without symbology identifier, track marks, and the scanner's prefix and suffix, each removed once,
 * so that a code that begins so itself stays whole.
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
  // Scanners differ in their order.
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
