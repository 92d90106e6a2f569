import { tenderName } from '../../main/receipts/make-receipt.ts';
import { makeReport } from '../../main/receipts/make-report.ts';
import type { ReceiptShop } from '../../main/receipts/receipt.ts';
import { reportWords } from '../../main/receipts/report-words.ts';
import { receiptWords } from '../../main/receipts/words.ts';
import { type Amount, type LineSums, type ShiftReport, toldLines } from '../../preload/contract/index.ts';
import { foldedOf } from '../../renderer/features/shifts/figures.ts';
import { expectedCash, lineNames, type Sums, type Truth } from './book.ts';
import { waysToPay } from './plan.ts';
import { centsOf, pointsOf, type Shop, wrong } from './shop.ts';

// Figures of one kind under one name each, wherever they are told: `line taken cents`, `tender cash expected`.

export type Figures = ReadonlyMap<string, number>;

/** Lines that the judge knows nothing of are not held: those of what only opened the drawer. */
const isJudged = (name: string): boolean => {
  const [kind = '', line = ''] = name.split(' ');
  return kind !== 'line' || lineNames.some((known) => known === line);
};

/** All that is told must be so; all that is so but nought must be told. */
export function compare(shop: Shop, where: string, told: Figures, truth: Figures): void {
  for (const name of [...new Set([...told.keys(), ...truth.keys()])].filter(isJudged)) {
    const [says, is] = [told.get(name), truth.get(name)];
    if (says === is || ((says === undefined || says === 0) && (is === undefined || is === 0))) continue;
    wrong(shop, `${where}: ${name} is told as ${says}, and is ${is}`);
  }
}

export const sumsUnder = (name: string, { entries, cents, bonus, points }: Sums): [string, number][] => [
  [`${name} entries`, entries],
  [`${name} cents`, cents],
  [`${name} bonus`, bonus],
  [`${name} points`, points],
];

type Told = Pick<NonNullable<LineSums>, 'entries' | 'principal' | 'bonus' | 'points'>;

export const toldUnder = (name: string, sums: Told): [string, number][] =>
  sumsUnder(name, {
    ...{ entries: sums.entries, cents: centsOf(sums.principal), bonus: centsOf(sums.bonus) },
    points: sums.points === null ? Number.NaN : pointsOf(sums.points),
  });

const nameOf = (tender: string | null): string => tender ?? 'not asked';

/** By ways to pay: what is to be there, and what differs. */
function tendersIn(
  { tenders, flows, counted, lines, ...truth }: Truth,
  isBlind: boolean,
): [string, number][] {
  const all = new Set(['cash', ...tenders.keys(), ...flows.keys(), ...(counted?.keys() ?? [])]);
  return [...all].flatMap((tender): [string, number][] => {
    if (isBlind && tender === 'cash') return [];
    const rows = Object.entries(tenders.get(tender) ?? {}) as [string, number][];
    const expected =
      tender === 'cash'
        ? expectedCash({ tenders, flows, counted, lines, ...truth })
        : (flows.get(tender) ?? 0);
    const found = tender === null ? undefined : counted?.get(tender);
    return [
      ...rows.map(([part, cents]): [string, number] => [`tender ${nameOf(tender)} ${part}`, cents]),
      ...(tender === null ? [] : [[`tender ${tender} expected`, expected] as [string, number]]),
      ...(found === undefined
        ? []
        : ([
            [`tender ${tender} counted`, found],
            [`tender ${tender} variance`, found - expected],
          ] as [string, number][])),
    ];
  });
}

/** What a report of the shift has to tell. */
export function truthFigures(truth: Truth, isBlind = false): Figures {
  const lines = lineNames.filter((line) => !isBlind || (line !== 'paidIn' && line !== 'paidOut'));
  return new Map([
    ...lines.flatMap((line) => sumsUnder(`line ${line}`, truth.lines[line])),
    ...sumsUnder('net', truth.net),
    ...tendersIn(truth, isBlind),
    ...[...truth.persons].map(([id, { cents }]): [string, number] => [`person ${id} cents`, cents]),
  ]);
}

const partsOfTender = {
  ...{ taken: 'taken', reversed: 'reversed', lateGivenBack: 'late', done: 'done', waiting: 'waiting' },
  ...{
    checking: 'checking',
    review: 'review',
    expected: 'expected',
    counted: 'counted',
    variance: 'variance',
  },
} as const;

const rowsOf = (tenders: ShiftReport['tenders']): [string, number][] =>
  tenders.flatMap(({ tender, ...row }) =>
    Object.entries(partsOfTender).flatMap(([part, name]): [string, number][] => {
      const value = row[part as keyof typeof row];
      return value === null ? [] : [[`tender ${nameOf(tender)} ${name}`, centsOf(value)]];
    }),
  );

/** As the screen has it, folded by the page's own code. */
export function onScreen(report: ShiftReport): Figures {
  const persons = new Map<string, number>();
  for (const { personId, principal, state, shift, line } of report.cells) {
    if (line !== 'sale' || shift !== undefined || state === 'rejected' || state === 'cancelled') continue;
    const name = `person ${personId} cents`;
    persons.set(name, (persons.get(name) ?? 0) + centsOf(principal));
  }
  const lines = Object.entries(toldLines(report)).flatMap(([line, sums]) =>
    sums === null ? [] : toldUnder(`line ${line}`, sums),
  );
  return new Map([
    ...lines,
    ...toldUnder('net', foldedOf(report).net),
    ...rowsOf(report.tenders),
    ...persons,
  ]);
}

/** Which cells of a saved table lie under which head. */
export function tableOf(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = text
    .replace('\ufeff', '')
    .trimEnd()
    .split('\r\n')
    .map((row) => [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell));
  const plain = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
  return rows.map((row) => Object.fromEntries(head.map((name, at) => [plain(name), plain(row[at] ?? '')])));
}

/** The file for spreadsheets. */
export function inTable(text: string): Figures {
  const rows = tableOf(text);
  const amounts = (row: Readonly<Record<string, string>>) => ({
    entries: Number(row['entries']),
    principal: row['principal'] as Amount,
    bonus: row['bonus'] as Amount,
    points: row['points'] as Amount,
  });
  return new Map(
    rows.flatMap((row): [string, number][] => {
      const { part, name = '' } = row;
      if (part === 'line') return toldUnder(`line ${name}`, amounts(row));
      if (part === 'tender')
        return [
          [
            `tender ${row['tender'] || 'not asked'} ${partsOfTender[name as keyof typeof partsOfTender]}`,
            centsOf(row['amount'] ?? ''),
          ],
        ];
      if (part === 'sum' && name === 'bonus') return [['net bonus', centsOf(row['amount'] ?? '')]];
      return part === 'sum' && name === 'points' ? [['net points', Number(row['points'])]] : [];
    }),
  );
}

const paperShop: ReceiptShop = {
  ...{ till: 'T', header: '', footer: '', hasLogo: false, isPractice: false, currency: 'SGD' },
  ...{ storeTimeZone: 'Asia/Singapore', language: 'en', locale: 'en-SG' },
};

/** `−S$1,234.50` as people read it. */
const sumOn = (text: string): number => {
  const digits = text.replace(/[^\d.]/g, '').replace(/^\./, '');
  return (/[-−]/.test(text) ? -1 : 1) * centsOf(digits);
};

const words = reportWords.en;
const linesOnPaper = new Map<string, string>([
  ...Object.entries(words.lines).map(([line, name]): [string, string] => [name, `line ${line}`]),
  [words.net, 'net'],
]);
const tenderNames = new Map<string, string>([
  ...waysToPay.map((way): [string, string] => [tenderName(way, receiptWords.en), way]),
  [words.notAsked, 'not asked'],
]);
const partNames = new Map([
  [words.taken, 'taken'],
  [words.expected, 'expected'],
  [words.counted, 'counted'],
  [words.variance, 'variance'],
]);

/** The words of the paper, as somebody reads them. */
export function onPaper(report: ShiftReport): Figures {
  const found = new Map<string, number>();
  for (const { title, pairs } of makeReport(report, paperShop).sections) {
    const tender = tenderNames.get(title ?? '');
    let line = '';
    for (const { label, value } of pairs) {
      if (tender !== undefined && partNames.has(label))
        found.set(`tender ${tender} ${partNames.get(label)}`, sumOn(value));
      if (title !== words.figures) continue;
      const [, name = '', entries] = /^(.*?)(?: \((-?\d+)\))?$/.exec(label) ?? [];
      if (entries !== undefined) {
        line = linesOnPaper.get(name) ?? name;
        found.set(`${line} entries`, Number(entries));
        found.set(`${line} cents`, sumOn(value));
      } else if (name === words.bonus) found.set(`${line} bonus`, sumOn(value));
      else if (name === words.points) found.set(`${line} points`, sumOn(value) / 100);
    }
  }
  return found;
}

/** Those of all figures that this surface tells. */
export const only = (figures: Figures, isTold: (name: string) => boolean): Figures =>
  new Map([...figures].filter(([name]) => isTold(name)));
