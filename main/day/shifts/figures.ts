import {
  type AfterPaper,
  type Amount,
  addUpBy,
  type Cell,
  type CellLine,
  type CellSums,
  compareAmounts,
  compareTenders,
  type EntryState,
  isGivenBack,
  isUnsettled,
  isZeroAmount,
  type LateEntry,
  noSums,
  type ShiftCell,
  type ShiftEntry,
  type ShiftReport,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { hoursFrom } from './business-day.ts';
import type { Tracked } from './shift-record.ts';

/** Entries that agree in these facts, and their sums. */
export interface FigureGroup extends CellSums {
  readonly cashier: string;
  /** Null where people are not set up. */
  readonly personId: string | null;
  readonly line: CellLine;
  readonly tender: string | null;
  readonly state: EntryState;
  readonly isReversal: boolean;
  /** Hour of store time when they were entered. */
  readonly hour: number;
}

export type ListedEntry = ShiftEntry & {
  readonly line: CellLine;
  readonly points: Amount;
  readonly sequence: number;
  readonly settledAtMs: number | null;
};

/** What the journal says of an entry given back after its receipt was handed out. */
export interface GivenBackAfter {
  readonly sequence: number;
  readonly personId: string | null;
  readonly isReversal: boolean;
  /** Who cancelled it; null: KYBIO refused it. */
  readonly by: string | null;
}

export type PaperEntry = ListedEntry & GivenBackAfter;

export const isSettled = (entry: { readonly state: EntryState }): boolean => !isUnsettled(entry);

/** Adds up cells that agree in all but their sums, in order of first appearance. */
export const addUpCells = (cells: readonly ShiftCell[]): ShiftCell[] =>
  addUpBy(cells, ({ personId, cashier, line, shift, tender, state, isReversal }) =>
    JSON.stringify([personId, cashier, line, shift, tender, state, isReversal]),
  );

type Person = Pick<FigureGroup, 'personId' | 'cashier'>;

/** People are identified by id; without one, by name. */
const personOf = ({ personId, cashier }: Person): string => personId ?? `:${cashier}`;

/** Everyone's latest name; whoever took the name of somebody before them gets a number: `Mei (2)`. */
function namesOf(groups: readonly Person[]): (person: Person) => string {
  const last = new Map(groups.map((group) => [personOf(group), group.cashier]));
  const names = new Map<string, string>();
  const used = new Set<string>();
  for (const [person, cashier] of last) {
    let name = cashier;
    for (let count = 2; used.has(name); count += 1) name = `${cashier} (${count})`;
    used.add(name);
    names.set(person, name);
  }
  return (person) => names.get(personOf(person)) ?? person.cashier;
}

export function cellsOf(groups: readonly FigureGroup[]): ShiftCell[] {
  const nameOf = namesOf(groups);
  const alike = addUpBy(groups, (group) => {
    const { line, tender, state, isReversal } = group;
    return JSON.stringify([personOf(group), line, tender, state, isReversal]);
  });
  return alike.map((group) => ({
    cashier: nameOf(group),
    personId: group.personId,
    line: group.line,
    tender: group.tender,
    state: group.state,
    isReversal: group.isReversal,
    entries: group.entries,
    principal: group.principal,
    bonus: group.bonus,
    points: group.points,
  }));
}

/** Late settlements as cells, unlisted ones included. */
export const lateCellsOf = (late: readonly SettledLate[]): ShiftCell[] =>
  addUpCells(
    late.filter(isSettled).map(({ line, shift, tender, state, principal, bonus, points }) => ({
      cashier: '',
      personId: null,
      line,
      shift,
      tender,
      state,
      entries: 1,
      principal,
      bonus,
      points,
      isReversal: compareAmounts(principal, zeroAmount) < 0,
    })),
  );

/** From the first hour with a sale to the last, in order of the business day; without what was given back. */
export function hoursOf(groups: readonly FigureGroup[], endsAtMinute: number): ShiftReport['hours'] {
  const held = groups.filter((group) => group.line === 'sale' && !isGivenBack(group));
  const byHour = new Map(addUpBy(held, ({ hour }) => String(hour)).map((sum) => [sum.hour, sum]));
  const hours = hoursFrom(endsAtMinute);
  const from = hours.findIndex((hour) => byHour.has(hour));
  const to = hours.findLastIndex((hour) => byHour.has(hour));
  if (from < 0) return [];
  return hours.slice(from, to + 1).map((hour) => {
    const { entries, principal } = byHour.get(hour) ?? noSums;
    return { hour, entries, principal };
  });
}

/** Tenders that were used or counted; always cash. */
export function tendersIn(
  cells: readonly Pick<Cell, 'line' | 'tender' | 'principal' | 'isBefore'>[],
  counted: readonly string[],
): readonly (string | null)[] {
  const paid = cells.filter(
    ({ line, tender, principal, isBefore }) =>
      line === 'sale' && isBefore !== true && (tender !== null || !isZeroAmount(principal)),
  );
  const found = new Set([...paid.map(({ tender }) => tender), ...counted]);
  return [...found.add('cash')].sort(compareTenders);
}

const entryOf = ({ sequence: _, settledAtMs: __, ...entry }: ListedEntry) => entry;

export const listed = (entries: readonly ListedEntry[]): ShiftEntry[] => entries.map(entryOf);

/** A late settlement, with its line. */
export type SettledLate = LateEntry & Pick<ListedEntry, 'line' | 'points'>;

/** What became of the entries that earlier Zs listed as unsettled. */
export function lateOf(tracked: readonly Tracked[], entries: readonly ListedEntry[]): SettledLate[] {
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  return tracked.flatMap(({ sequence, shift, was, tender, line }) => {
    const entry = bySequence.get(sequence);
    if (entry === undefined) return [];
    const settledAtMs = isSettled(entry) ? entry.settledAtMs : null;
    return [{ ...entryOf(entry), line, tender, shift, was, settledAtMs }];
  });
}

/** An entry as the report lists it, and what its cell needs besides. */
export interface ListedPaper {
  readonly entry: AfterPaper;
  readonly personId: string | null;
  readonly isReversal: boolean;
}

/** Those given back after their receipt; the tender of an earlier shift's is that of its Z. */
export function afterPaperOf(
  tracked: readonly Tracked[],
  entries: readonly PaperEntry[],
): readonly ListedPaper[] {
  const bySequence = new Map(tracked.map((one) => [one.sequence, one]));
  return entries.map(({ by, personId, isReversal, ...listedEntry }) => {
    const { tender, shift } = bySequence.get(listedEntry.sequence) ?? { tender: listedEntry.tender };
    const entry = { ...entryOf(listedEntry), tender, by, ...(shift === undefined ? {} : { shift }) };
    return { entry, personId, isReversal };
  });
}

/** The same as cells, unlisted ones included. */
export const paperCellsOf = (papers: readonly ListedPaper[]): ShiftCell[] =>
  addUpCells(
    papers.map(({ entry, personId, isReversal }) => ({
      cashier: entry.cashier,
      personId,
      line: 'after-paper',
      tender: entry.tender,
      state: entry.state,
      ...(entry.shift === undefined ? {} : { shift: entry.shift, cashier: '', personId: null }),
      isReversal,
      entries: 1,
      principal: entry.principal,
      bonus: entry.bonus,
      points: entry.points,
    })),
  );

/** The entries that the next Z must follow up: still unsettled, of this shift and earlier ones. */
export const trackedAfter = (
  number: number,
  tracked: readonly Tracked[],
  earlier: readonly ListedEntry[],
  unsettled: readonly ListedEntry[],
): Tracked[] => {
  const settled = new Set(earlier.filter(isSettled).map(({ sequence }) => sequence));
  return [
    ...tracked.filter(({ sequence }) => !settled.has(sequence)),
    ...unsettled.map(({ sequence, state, tender, line }) => ({
      sequence,
      shift: number,
      was: state,
      tender,
      line,
    })),
  ];
};
