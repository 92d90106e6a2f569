import type { Receipt, ReceiptPair } from './receipt.ts';
import { textWidth, wrapWords } from './text-width.ts';

/** receiptline's control characters, escaped by number, since names may contain them. */
const signs = /[\\|{}~_"`^;]/g;
const byNumber = (sign: string): string => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Escapes a text for receiptline. */
export const escaped = (text: string): string =>
  text
    .replace(signs, byNumber)
    // A line of only these would be a rule, or cut the paper.
    .replace(/^[-=]/, byNumber);

type Align = 'left' | 'centre' | 'right';

const aligned: Readonly<Record<Align, readonly [string, string]>> = {
  left: ['|', ' |'],
  centre: ['| ', ' |'],
  right: ['| ', '|'],
};

/** `signs` surround the text: `"` for bold, `^^` for double height. */
export function textLines(text: string, columns: number, align: Align, signs = ''): readonly string[] {
  const [before, after] = aligned[align];
  return wrapWords(text, columns).map((line) => `${before}${signs}${escaped(line)}${signs}${after}`);
}

export function pairLines(
  { label, value, isStrong = false }: ReceiptPair,
  columns: number,
): readonly string[] {
  const signs = isStrong ? '"^^' : '';
  const closing = isStrong ? '^^"' : '';
  const valueWidth = textWidth(value);
  if (textWidth(label) + 1 + valueWidth > columns)
    return [
      ...textLines(label, columns, 'left'),
      // Never cut: it wraps where not even a whole line is enough.
      ...wrapWords(value, columns).map((line) => `| ${signs}${escaped(line)}${closing}|`),
    ];
  return [
    `{width:*,${valueWidth}}`,
    `|${escaped(label)} | ${signs}${escaped(value)}${closing}|`,
    '{width:auto}',
  ];
}

/** The QR code's module size in dots: as large as the paper and receiptline allow. */
const cellOf = (modules: number, columns: number): number =>
  Math.max(3, Math.min(8, Math.floor((columns * 12 * 0.75) / modules)));

/** A non-empty section with a gap above it. */
export const section = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['---', ...lines];

export interface MarkupPaper {
  /** Characters per line. */
  readonly columns: number;
  /** Modules per side of this code. */
  readonly modulesOf: (code: string) => number;
}

/** A receipt in receiptline's markup. Every line fits the paper, so nothing is cut. */
export function markupOf(receipt: Receipt, { columns, modulesOf }: MarkupPaper): string {
  const centred = (text: string, signs = '') => textLines(text, columns, 'centre', signs);
  const pairs = (of: readonly ReceiptPair[]) => of.flatMap((pair) => pairLines(pair, columns));
  const { code, copy, status, warning } = receipt;
  return [
    ...(receipt.hasLogo ? ['{image:logo}'] : []),
    ...receipt.header.flatMap((line) => centred(line)),
    ...(warning === null ? [] : centred(warning, '"')),
    ...centred(receipt.title, '"'),
    ...(copy === null ? [] : centred(copy, '"')),
    ...section(pairs(receipt.facts)),
    ...section(pairs(receipt.sums)),
    ...pairs(receipt.payment),
    ...section([
      ...centred(status.title, '"'),
      ...(status.hint === null ? [] : centred(status.hint)),
      ...pairs(receipt.balances),
    ]),
    ...(code === null
      ? []
      : [
          '---',
          `{option:qrcode,${cellOf(modulesOf(code.text), columns)},m;code:${escaped(code.text)}}`,
          ...centred(code.caption),
        ]),
    ...section(receipt.footer.flatMap((line) => centred(line))),
  ].join('\n');
}
