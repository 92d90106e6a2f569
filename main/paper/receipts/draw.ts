import { type BaseCommand, commands, qrcode, transform } from 'receiptline';
import { markupOf, pairLines, section, textLines } from './markup.ts';
import { asBytes, imageCommands } from './raster.ts';
import {
  columnsOf,
  DOTS_PER_COLUMN,
  type Dots,
  type PaperDocument,
  type PaperWidth,
  type ReportPaper,
} from './receipt.ts';
import { characters, textWidth } from './text-width.ts';

export interface Paper {
  readonly width: PaperWidth;
  readonly logo: Dots | null;
}

/** A receipt as SVG, in printer dots. */
export interface Drawing {
  readonly svg: string;
  /** Its text, line by line. */
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** Any installed one of these: each character gets its own column, whatever the font's widths. */
const FONTS =
  "'DejaVu Sans Mono','Consolas','Menlo','Liberation Mono','Courier New','Noto Sans Mono CJK SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',monospace";

/** These scripts join letters and run right to left: the browser lays out such a line as a whole. */
const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

const xmlSigns: Readonly<Record<string, string>> = { ' ': '\u00a0', '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const inXml = (text: string): string => text.replace(/[ &<>]/g, (sign) => xmlSigns[sign] ?? sign);

/** The used parts of receiptline's drawing state. */
interface SvgState {
  svgWidth: number;
  svgHeight: number;
  svgContent: string;
  lineMargin: number;
  lineWidth: number;
  lineAlign: number;
  textElement: string;
  textAttributes: Readonly<Record<string, string>>;
  textPosition: number;
  textScale: number;
}

/** Counts visible characters instead of code points. */
const measured = {
  measureText: (text: string) => textWidth(text),
  arrayFrom: (text: string) => characters(text),
};

function tspans(state: SvgState, text: string): string {
  const at = (column: number) => Math.floor((column * DOTS_PER_COLUMN) / state.textScale);
  if (fromTheRight.test(text)) {
    const middle = state.textPosition + (textWidth(text) * state.textScale) / 2;
    return `<tspan x="${at(middle)}">${inXml(text)}</tspan>`;
  }
  let position = state.textPosition;
  return characters(text)
    .map((character) => {
      const width = textWidth(character) * state.textScale;
      const middle = position + width / 2;
      position += width;
      return `<tspan x="${at(middle)}">${inXml(character)}</tspan>`;
    })
    .join('');
}

/** A bitmap's black runs as one SVG path: the page's policy allows no other image. */
export function pathOf({ width, height, bits }: Dots): string {
  const bytes = (width + 7) >> 3;
  const isBlack = (x: number, y: number) => (((bits[y * bytes + (x >> 3)] ?? 0) << (x & 7)) & 0x80) !== 0;
  const runs: string[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!isBlack(x, y)) continue;
      const from = x;
      while (x < width && isBlack(x, y)) x++;
      runs.push(`M${from},${y}h${x - from}v1h-${x - from}z`);
    }
  return `<path d="${runs.join('')}" fill="#000"/>`;
}

/** Like receiptline's SVG, without web fonts, with images as paths, and deterministic. */
function svgCommand(logo: Dots | null): BaseCommand {
  return {
    ...commands.svg,
    ...measured,
    text(this: SvgState, text: string): string {
      const attributes = Object.entries(this.textAttributes).map(([name, value]) => ` ${name}="${value}"`);
      this.textElement += `<text${attributes.join('')}>${tspans(this, text)}</text>`;
      this.textPosition += textWidth(text) * this.textScale;
      return '';
    },
    image(this: SvgState): string {
      if (logo === null) return '';
      const free = this.lineWidth * DOTS_PER_COLUMN - logo.width;
      const margin = Math.floor(this.lineMargin * DOTS_PER_COLUMN + (free * this.lineAlign) / 2);
      this.svgContent += `<g transform="translate(${margin},${this.svgHeight})">${pathOf(logo)}</g>`;
      this.svgHeight += logo.height;
      return '';
    },
    close(this: SvgState): string {
      const size = `width="${this.svgWidth}" height="${this.svgHeight}" viewBox="0 0 ${this.svgWidth} ${this.svgHeight}"`;
      return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><g font-family="${FONTS}" fill="#000" font-size="20" dominant-baseline="text-after-edge" text-anchor="middle">${this.svgContent}</g></svg>\n`;
    },
  };
}

/** The text only, for screen readers. */
const textCommand: BaseCommand = { ...commands.text, ...measured };

const modulesOf = (code: string): number =>
  qrcode.generate({ data: code, type: 'qrcode', cell: 3, level: 'm' }).length;

const markup = (document: PaperDocument, paper: Paper): string => {
  const columns = columnsOf[paper.width];
  return 'sections' in document
    ? reportMarkup(document, columns)
    : markupOf(document, { columns, modulesOf });
};

/** Draws a receipt for the screen, for the system's printers, and for printers without its letters. */
export function drawReceipt(receipt: PaperDocument, paper: Paper): Drawing {
  const cpl = columnsOf[paper.width];
  const svg = transform(markup(receipt, paper), { cpl, command: svgCommand(paper.logo) });
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const text = transform(markup(receipt, paper), { cpl, command: textCommand });
  return { svg, text, width: Number(width), height: Number(height) };
}

/** Characters every printer has, whatever its code page. */
const isAscii = (text: string): boolean => /^[\x20-\x7e\n]*$/.test(text);

/** The receipt in the printer's own letters; null where it has characters that not every printer knows. */
export function inOwnLetters(receipt: PaperDocument, paper: Paper): Uint8Array | null {
  const cpl = columnsOf[paper.width];
  if (!isAscii(transform(markup(receipt, paper), { cpl, command: textCommand }))) return null;
  const command: BaseCommand = {
    ...commands.generic,
    // receiptline's rule is in one code page only; every printer has this character.
    hr: (width: number) => '-'.repeat(width),
    image: () => (paper.logo === null ? '' : imageCommands(paper.logo)),
    open: () => '\x1b@\x1ba\x00\x1bM\x00',
    close: () => '',
  };
  return asBytes(transform(markup(receipt, paper), { cpl, command }));
}

/** A shift's report in receiptline's markup. Every line fits the paper. */
function reportMarkup(report: ReportPaper, columns: number): string {
  const centred = (text: string, signs = '') => textLines(text, columns, 'centre', signs);
  const { warning, signature } = report;
  return [
    ...(report.hasLogo ? ['{image:logo}'] : []),
    ...report.header.flatMap((line) => centred(line)),
    ...(warning === null ? [] : centred(warning, '"')),
    ...centred(report.title, '"'),
    ...section(report.facts.flatMap((pair) => pairLines(pair, columns))),
    ...section(report.notes.flatMap((note) => textLines(note, columns, 'left'))),
    ...report.sections.flatMap(({ title, pairs }) =>
      section([
        ...(title === null ? [] : textLines(title, columns, 'left', '"')),
        ...pairs.flatMap((pair) => pairLines(pair, columns)),
      ]),
    ),
    ...section(['', ...textLines(signature, columns, 'left'), '', '']),
  ].join('\n');
}
