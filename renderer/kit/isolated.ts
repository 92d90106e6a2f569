// Hebrew, Arabic and the other scripts that are written from right to left.
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const turning = /[\u061c\u200e\u200f\u202a-\u202e]/g;

/**
 * Isolates a text inside another sentence: a right-to-left name must not reverse what is next to it, above all an
 * amount. Direction characters are dropped; main removes them on input, but older entries may have them.
 */
export function isolated(text: string): string {
  const plain = text.replace(turning, '');
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
