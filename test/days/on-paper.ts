import { tenderName } from '../../main/paper/receipts/make-receipt.ts';
import { makeReport } from '../../main/paper/receipts/make-report.ts';
import type { ReceiptPair, ReceiptShop, ReportPaper } from '../../main/paper/receipts/receipt.ts';
import { reportWords } from '../../main/paper/receipts/report-words.ts';
import { receiptWords } from '../../main/paper/receipts/words.ts';
import type { ShiftReport } from '../../preload/contract/index.ts';
import { type Figures, hourUnder } from './figures.ts';
import { waysToPay } from './plan.ts';
import { centsOf } from './shop.ts';

const paperShop: ReceiptShop = {
  ...{ till: 'T', header: '', footer: '', hasLogo: false, isPractice: false, currency: 'SGD' },
  ...{ storeTimeZone: 'Asia/Singapore', language: 'en', locale: 'en-SG' },
};

/** `−S$1,234.50` as people read it. */
export const sumOn = (text: string): number => {
  const digits = text.replace(/[^\d.]/g, '').replace(/^\./, '');
  return (/[-−]/.test(text) ? -1 : 1) * centsOf(digits);
};

export const words = reportWords.en;
const linesOnPaper = new Map<string, string>([
  ...Object.entries(words.lines).map(([line, name]): [string, string] => [name, `line ${line}`]),
  [words.net, 'net'],
]);
export const tenderNames = new Map<string, string>([
  ...waysToPay.map((way): [string, string] => [tenderName(way, receiptWords.en), way]),
  [words.notAsked, 'not asked'],
]);
const partNames = new Map([
  [words.taken, 'taken'],
  [words.expected, 'expected'],
  [words.counted, 'counted'],
  [words.variance, 'variance'],
  [words.short, 'variance'],
  [words.over, 'variance'],
]);

export const paperOf = (report: ShiftReport): ReportPaper => makeReport(report, paperShop);

type Found = Map<string, number>;

/** `Taken (12)`: a name and how many, where it says so. */
const counted = (label: string): readonly [string, string | undefined] => {
  const [, name = '', entries] = /^(.*?)(?: \((-?\d+)\))?$/.exec(label) ?? [];
  return [name, entries];
};

/** What was given back stands there with a minus. */
const givenBack = new Set(['line reversed', 'line late']);

function readLines(pairs: readonly ReceiptPair[], found: Found): void {
  let line = '';
  const told = (value: string) => (givenBack.has(line) ? -sumOn(value) || 0 : sumOn(value));
  for (const { label, value } of pairs) {
    const [name, entries] = counted(label);
    if (entries !== undefined) {
      line = linesOnPaper.get(name) ?? name;
      found.set(`${line} entries`, Number(entries));
      found.set(`${line} cents`, told(value));
    } else if (name === words.bonus) found.set(`${line} bonus`, told(value));
    else if (name === words.points) found.set(`${line} points`, told(value) / 100);
  }
}

function readHours(pairs: readonly ReceiptPair[], found: Found): void {
  for (const { label, value } of pairs) {
    const [hour, entries] = counted(label);
    const cents = sumOn(value);
    for (const [name, is] of hourUnder(Number.parseInt(hour, 10), { entries: Number(entries), cents }))
      found.set(name, is);
  }
}

/** Who they are the paper says by a name alone, and two may have the same. */
function readOpenings(pairs: readonly ReceiptPair[], found: Found): void {
  const times = pairs.map(({ label }) => Number(counted(label)[1]));
  found.set(
    'openings',
    times.reduce((sum, one) => sum + one, 0),
  );
}

/** What the float is held against, in a sentence. */
function readNote(note: string, found: Found): void {
  const [, last, shift] = /^Counted last (\S+) \(shift (\d+)\)/.exec(note) ?? [];
  if (last !== undefined) {
    found.set('found counted', sumOn(last));
    found.set('found shift', Number(shift));
  }
  const [, uncounted] = /counted by nobody here: (\S+?)\. Opened by/.exec(note) ?? [];
  if (uncounted !== undefined) found.set('found uncounted', sumOn(uncounted));
}

/** The words of the paper, as somebody reads them. */
export function onPaper({ sections, notes }: ReportPaper): Figures {
  const found: Found = new Map();
  for (const { title, pairs } of sections) {
    const tender = tenderNames.get(title ?? '');
    for (const { label, value } of pairs)
      if (tender !== undefined && partNames.has(label))
        found.set(`tender ${tender} ${partNames.get(label)}`, sumOn(value));
    if (title === words.figures) readLines(pairs, found);
    if (title === words.hours) readHours(pairs, found);
    if (title === words.openings) readOpenings(pairs, found);
    const [name, entries] = counted(title ?? '');
    if (name === words.tenderChanges) found.set('changes', Number(entries));
  }
  for (const note of notes) readNote(note, found);
  return found;
}
