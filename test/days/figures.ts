import { type CellSums, reportedLines, type ShiftReport } from '../../preload/contract/index.ts';
import { foldedOf } from '../../renderer/day/shifts/figures.ts';
import { lineNames, openedNames, type Truth } from './book.ts';
import type { Sums } from './held.ts';
import { centsOf, pointsOf, type Shop, wrong } from './shop.ts';
import { expectedCash } from './truth.ts';

// Figures of one kind under one name each, wherever they are told: `line taken cents`, `tender cash expected`.

export type Figures = ReadonlyMap<string, number>;

/** All that is told must be so; all that is so but nought must be told. */
export function compare(shop: Shop, where: string, told: Figures, truth: Figures): void {
  for (const name of [...new Set([...told.keys(), ...truth.keys()])]) {
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

export const toldUnder = (name: string, sums: CellSums): [string, number][] =>
  sumsUnder(name, {
    ...{ entries: sums.entries, cents: centsOf(sums.principal), bonus: centsOf(sums.bonus) },
    points: pointsOf(sums.points),
  });

export const nameOf = (tender: string | null): string => tender ?? 'not asked';

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

/** Lines that would tell what is to be in the drawer, or what it began with. */
const linesOfCash: ReadonlySet<string> = new Set([
  ...['paidIn', 'paidOut', 'uncounted', 'toBank', 'putIn'],
  ...openedNames.filter((line) => line !== 'openedNoSale'),
]);

export const hourUnder = (
  hour: number,
  { entries, cents }: Pick<Sums, 'entries' | 'cents'>,
): [string, number][] => [
  [`hour ${hour} entries`, entries],
  [`hour ${hour} cents`, cents],
];

/** How often the drawer was opened, by whom and in all. */
const openingsIn = ({ openings }: Truth): [string, number][] => [
  ...[...openings].map(([id, times]): [string, number] => [`opened by ${id}`, times]),
  ['openings', [...openings.values()].reduce((sum, times) => sum + times, 0)],
];

function foundIn({ found: { cents, shift, uncounted } }: Truth): [string, number][] {
  const counted: [string, number][] = [
    ['found counted', cents ?? 0],
    ['found shift', shift ?? 0],
  ];
  return [...(cents === null ? [] : counted), ['found uncounted', uncounted]];
}

/** What a report of the shift has to tell. */
export function truthFigures(truth: Truth, isBlind = false): Figures {
  const lines = lineNames.filter((line) => !isBlind || !linesOfCash.has(line));
  const hours = [...truth.hours].flatMap(([hour, sums]) => hourUnder(hour, sums));
  return new Map([
    ...lines.flatMap((line) => sumsUnder(`line ${line}`, truth.lines[line])),
    ...sumsUnder('net', truth.net),
    ...tendersIn(truth, isBlind),
    ...[...truth.persons].map(([id, { cents }]): [string, number] => [`person ${id} cents`, cents]),
    ...(isBlind ? [] : [...hours, ...foundIn(truth)]),
    ...openingsIn(truth),
    ['arrived confirmed', truth.arrived.confirmed],
    ['arrived notYet', truth.arrived.notYet],
    ['changes', truth.changed.reduce((sum, { tenderChanges }) => sum + tenderChanges, 0)],
  ]);
}

export const partsOfTender = {
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

/** What each person took, reversals off, and how often they opened the drawer. */
function personsOn({ cells }: ShiftReport): Figures {
  const found = new Map<string, number>();
  const add = (name: string, by: number) => found.set(name, (found.get(name) ?? 0) + by);
  for (const { personId, principal, state, shift, line, entries } of cells) {
    if (line.startsWith('opened')) {
      add(`opened by ${personId}`, entries);
      add('openings', entries);
    }
    if (line !== 'sale' || shift !== undefined || state === 'rejected' || state === 'cancelled') continue;
    add(`person ${personId} cents`, centsOf(principal));
  }
  return found;
}

const openingOn = ({ opening }: ShiftReport): [string, number][] =>
  opening === undefined
    ? []
    : [
        ['found counted', opening.counted === null ? 0 : centsOf(opening.counted)],
        ['found shift', opening.shift ?? 0],
        ['found uncounted', centsOf(opening.uncounted)],
      ];

/** As the screen has it, folded by the page's own code. */
export function onScreen(report: ShiftReport): Figures {
  const lines = Object.entries(reportedLines(report)).flatMap(([line, sums]) =>
    toldUnder(`line ${line}`, sums),
  );
  const hours = report.hours.flatMap(({ hour, entries, principal }) =>
    hourUnder(hour, { entries, cents: centsOf(principal) }),
  );
  const { byReply, byEvidence, byManager, notYet } = report.arrived;
  return new Map([
    ...lines,
    ...toldUnder('net', foldedOf(report).net),
    ...rowsOf(report.tenders),
    ...personsOn(report),
    ...hours,
    ...openingOn(report),
    ['arrived confirmed', byReply + byEvidence + byManager],
    ['arrived notYet', notYet],
    ['changes', report.tenderChanges.count],
  ]);
}

/** Those of all figures that this surface tells. */
export const only = (figures: Figures, isTold: (name: string) => boolean): Figures =>
  new Map([...figures].filter(([name]) => isTold(name)));
