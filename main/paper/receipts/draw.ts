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

/** A receipt as a picture, in dots of the printer. */
export interface Drawing {
  readonly svg: string;
  /** What it says, line by line. */
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** Whichever of them a computer has: each character stands in a column of its own, whatever its font makes of it. */
const FONTS =
  "'DejaVu Sans Mono','Consolas','Menlo','Liberation Mono','Courier New','Noto Sans Mono CJK SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',monospace";

/** Letters of these scripts join, and are read from the right: a line of them is left to the browser as a whole. */
const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

const xmlSigns: Readonly<Record<string, string>> = { ' ': '\u00a0', '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const inXml = (text: string): string => text.replace(/[ &<>]/g, (sign) => xmlSigns[sign] ?? sign);

/** The parts of receiptline's own drawing that ours go on with. */
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

/** Characters as people see them, in place of code points. */
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

/** Black runs of a picture as one path: no picture of another kind is needed for it, nor allowed on the page. */
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

/** As receiptline draws, without a font from the network, with pictures as paths, and the same each time. */
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

/** The words alone, for whoever does not see the picture. */
const textCommand: BaseCommand = { ...commands.text, ...measured };

const modulesOf = (code: string): number =>
  qrcode.generate({ data: code, type: 'qrcode', cell: 3, level: 'm' }).length;

const markup = (document: PaperDocument, paper: Paper): string => {
  const columns = columnsOf[paper.width];
  return 'sections' in document
    ? reportMarkup(document, columns)
    : markupOf(document, { columns, modulesOf });
};

/** As a picture, for the screen, for a page that the system prints, and for printers that know no letters of it. */
export function drawReceipt(receipt: PaperDocument, paper: Paper): Drawing {
  const cpl = columnsOf[paper.width];
  const svg = transform(markup(receipt, paper), { cpl, command: svgCommand(paper.logo) });
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const text = transform(markup(receipt, paper), { cpl, command: textCommand });
  return { svg, text, width: Number(width), height: Number(height) };
}

/** What every printer has in its own letters, whatever it takes for its code page. */
const isAscii = (text: string): boolean => /^[\x20-\x7e\n]*$/.test(text);

/** The receipt in the printer's own letters; null where it has characters that not every printer knows. */
export function inOwnLetters(receipt: PaperDocument, paper: Paper): Uint8Array | null {
  const cpl = columnsOf[paper.width];
  if (!isAscii(transform(markup(receipt, paper), { cpl, command: textCommand }))) return null;
  const command: BaseCommand = {
    ...commands.generic,
    // A rule of receiptline's is a sign of one code page: this one every printer has.
    hr: (width: number) => '-'.repeat(width),
    image: () => (paper.logo === null ? '' : imageCommands(paper.logo)),
    open: () => '\x1b@\x1ba\x00\x1bM\x00',
    close: () => '',
  };
  return asBytes(transform(markup(receipt, paper), { cpl, command }));
}

/** A shift's report in receiptline's language. Every line fits the paper. */
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
