import {
  type Amount,
  balanceOf,
  type CellSums,
  type FileWords,
  type FoundHead,
  foldFound,
  foundHeads,
  foundLines,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import type { Increment } from '../../ledger/index.ts';
import {
  type Cell,
  createCells,
  csvLine,
  personCell,
  type SumsBelow,
  tenderCell,
  textCell,
} from '../export.ts';

/** How a file that people read is written: their words, and the store's time. */
export interface Readable {
  readonly words: FileWords;
  readonly storeTimeZone: string;
}

/** `2026-11-29 14:05:09` in the store's zone. */
const localTime = (at: Cell, { storeTimeZone }: Readable): Cell =>
  at === null ? null : storeTime(Date.parse(String(at)), storeTimeZone);

type Get = (name: string) => Cell;

const principalOf = (get: Get): Amount =>
  subtractAmounts((get('balanceIncrement') ?? zeroAmount) as Amount, (get('bonus') ?? zeroAmount) as Amount);

const cells: Readonly<Record<FoundHead, (get: Get, of: Readable) => Cell>> = {
  number: (get) => get('sequence'),
  time: (get, of) => localTime(get('createdAt'), of),
  state: (get, { words }) => words.say[`state.${get('takenBack') ?? get('state')}`] ?? get('state'),
  kind: (get, { words }) => words.say[`kind.${get('kind')}`] ?? get('kind'),
  till: (get) => get('till'),
  cashier: (get, { words }) => personCell(words, String(get('cashier') ?? '')),
  member: (get) => get('customerName'),
  card: (get) => textCell(get('customerNumber')),
  phone: (get) => textCell(get('maskedPhone')),
  paid: principalOf,
  bonus: (get) => get('bonus'),
  points: (get) => get('pointIncrement'),
  tender: (get, { words }) => (get('tender') === null ? null : tenderCell(words, String(get('tender')))),
  note: (get) => get('note'),
  reason: (get) => get('reason'),
  approvedBy: (get, { words }) =>
    get('approvedBy') === null ? null : personCell(words, String(get('approvedBy'))),
  balanceBefore: (get) => get('balanceBefore'),
  balanceAfter: (get) => get('balanceAfter'),
  pointsAfter: (get) => get('pointAfter'),
  settled: (get, of) => localTime(get('settledAt'), of),
  messages: (get) => get('messages'),
  corrects: (get) => get('corrects'),
  reversedBy: (get) => get('takenBackBy') ?? get('partTakenBackBy'),
  memberId: (get) => textCell(get('customerUid')),
};

/** A block of its own: a sum over a column of entries has none of it. */
function* footer({ words }: Readable, sumsOf: SumsBelow): Generator<string> {
  const sums = sumsOf();
  const { lines, net } = foldFound(sums);
  const say = (key: string): string => words.say[key] ?? key;
  const rowOf = (label: string, entries: number, told: CellSums): string =>
    csvLine([label, entries, subtractAmounts(balanceOf(told), told.bonus), told.bonus, told.points]);
  yield csvLine([]);
  yield csvLine([say('sums')]);
  yield csvLine(['line', 'entries', 'paid', 'bonus', 'points'].map(say));
  for (const line of foundLines)
    if (lines[line].entries > 0) yield rowOf(say(`line.${line}`), lines[line].entries, lines[line]);
  yield rowOf(say('line.net'), net.entries, net);
}

export const readableHead = ({ words }: Readable): string =>
  csvLine(foundHeads.map((head) => words.say[head] ?? head));

/** Writes an entry's line. */
export function createReadableLine(phoneOf: (increment: Increment) => string, of: Readable) {
  const cellOf = createCells(phoneOf);
  return (increment: Increment): string =>
    csvLine(foundHeads.map((head) => cells[head]((name) => cellOf(increment, name), of)));
}

/** What is found, as a person reads it: their words, local times, ids as texts, and the sums below. */
export function* readableCsvLines(
  increments: Iterable<Increment>,
  phoneOf: (increment: Increment) => string,
  of: Readable,
  below: SumsBelow,
): Generator<string> {
  const lineOf = createReadableLine(phoneOf, of);
  yield `\ufeff${readableHead(of)}`;
  for (const increment of increments) yield lineOf(increment);
  yield* footer(of, below);
}
