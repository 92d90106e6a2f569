import {
  type Amount,
  addAmounts,
  type EntryState,
  isZeroAmount,
  type LateEntry,
  type ShiftCell,
  type ShiftEntry,
  type ShiftReport,
  standardTenders,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { fromScaled } from '../outbox/scaled.ts';
import { hoursFrom } from './business-day.ts';
import type { Tracked } from './shift-record.ts';

/** Entries that agree in all of this, and what they add up to, in ten-thousandths. */
export interface FigureGroup {
  readonly cashier: string;
  /** Null where nobody was set up. */
  readonly personId: string | null;
  readonly tender: string | null;
  readonly state: EntryState;
  readonly isReversal: boolean;
  /** Of the store's clock when they were entered. */
  readonly hour: number;
  readonly entries: number;
  readonly principal: bigint;
  readonly bonus: bigint;
  readonly points: bigint;
}

/** One entry as a report lists it. */
export type ListedEntry = ShiftEntry & { readonly sequence: number; readonly settledAtMs: number | null };

/** What was refused or cancelled was given back. */
export const isGivenBack = (state: EntryState): boolean => state === 'rejected' || state === 'cancelled';

export const isSettled = (state: EntryState): boolean => state === 'confirmed' || isGivenBack(state);

/** Cells that agree in all but their sums, put together in the order in which each was met first. */
export function addUpCells(cells: readonly ShiftCell[]): ShiftCell[] {
  const sums = new Map<string, ShiftCell>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.personId, cell.cashier, cell.tender, cell.state, cell.isReversal]);
    const known = sums.get(key);
    sums.set(
      key,
      known === undefined
        ? cell
        : {
            ...known,
            entries: known.entries + cell.entries,
            principal: addAmounts(known.principal, cell.principal),
            bonus: addAmounts(known.bonus, cell.bonus),
            points: addAmounts(known.points, cell.points),
          },
    );
  }
  return [...sums.values()];
}

type SummedBy<T> = readonly (readonly [T, FigureGroup])[];

/** Groups of one key put together, in the order in which each was met first. */
function summed(groups: SummedBy<string>): readonly FigureGroup[] {
  const sums = new Map<string, FigureGroup>();
  for (const [key, group] of groups) {
    const known = sums.get(key);
    sums.set(
      key,
      known === undefined
        ? group
        : {
            ...known,
            entries: known.entries + group.entries,
            principal: known.principal + group.principal,
            bonus: known.bonus + group.bonus,
            points: known.points + group.points,
          },
    );
  }
  return [...sums.values()];
}

type Person = Pick<FigureGroup, 'personId' | 'cashier'>;

/** Ids tell people apart; who is not set up has a name alone. */
const personOf = ({ personId, cashier }: Person): string => personId ?? `:${cashier}`;

/** One name for each, the last one they had; whoever has the name of somebody before them is counted: `Mei (2)`. */
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
  const keyed = groups.map((group) => {
    const { tender, state, isReversal } = group;
    return [JSON.stringify([personOf(group), tender, state, isReversal]), group] as const;
  });
  return summed(keyed).map(({ tender, state, isReversal, entries, principal, bonus, points, ...person }) => ({
    ...{ cashier: nameOf(person), personId: person.personId, tender, state, isReversal, entries },
    principal: fromScaled(String(principal)),
    bonus: fromScaled(String(bonus)),
    points: fromScaled(String(points)),
  }));
}

/** From the first hour with an entry to the last, in the order of the day of business. What was given back is not in it. */
export function hoursOf(groups: readonly FigureGroup[], endsAtMinute: number): ShiftReport['hours'] {
  const held = groups.filter(({ state }) => !isGivenBack(state));
  const byHour = new Map(
    summed(held.map((group) => [String(group.hour), group] as const)).map((sum) => [sum.hour, sum]),
  );
  const hours = hoursFrom(endsAtMinute);
  const from = hours.findIndex((hour) => byHour.has(hour));
  const to = hours.findLastIndex((hour) => byHour.has(hour));
  if (from < 0) return [];
  return hours.slice(from, to + 1).map((hour) => {
    const sum = byHour.get(hour);
    return {
      hour,
      entries: sum?.entries ?? 0,
      principal: sum === undefined ? zeroAmount : fromScaled(String(sum.principal)),
    };
  });
}

/** The sums of some cells. */
export const sumOf = (
  cells: readonly ShiftCell[],
  part: 'principal' | 'bonus' | 'points',
  holds: (cell: ShiftCell) => boolean = () => true,
): Amount => addAmounts(zeroAmount, ...cells.filter(holds).map((cell) => cell[part]));

/** Cash first, then as every till knows them, then the shop's own; last what nobody was asked about. */
export function tendersIn(
  cells: readonly ShiftCell[],
  late: readonly Pick<LateEntry, 'tender'>[],
  counted: readonly string[],
): readonly (string | null)[] {
  const paid = cells.filter(({ tender, principal }) => tender !== null || !isZeroAmount(principal));
  const found = new Set([
    ...paid.map(({ tender }) => tender),
    ...late.map(({ tender }) => tender),
    ...counted,
  ]);
  const place = (tender: string | null): number => {
    if (tender === null) return standardTenders.length + 1;
    const known = standardTenders.indexOf(tender as (typeof standardTenders)[number]);
    return known < 0 ? standardTenders.length : known;
  };
  found.add('cash');
  return [...found].sort((one, other) => place(one) - place(other) || ((one ?? '') < (other ?? '') ? -1 : 1));
}

const entryOf = ({ sequence: _, settledAtMs: __, ...entry }: ListedEntry): ShiftEntry => entry;

/** As a report lists them. */
export const listed = (entries: readonly ListedEntry[]): ShiftEntry[] => entries.map(entryOf);

/** What became of what earlier Zs told as unsettled. */
export function lateOf(tracked: readonly Tracked[], entries: readonly ListedEntry[]): LateEntry[] {
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]));
  return tracked.flatMap(({ sequence, shift, was, tender }) => {
    const entry = bySequence.get(sequence);
    if (entry === undefined) return [];
    const settledAtMs = isSettled(entry.state) ? entry.settledAtMs : null;
    return [{ ...entryOf(entry), tender, shift, was, settledAtMs }];
  });
}

/** What the next Z has to follow: what is not settled yet, of this shift and of those before. */
export const trackedAfter = (
  number: number,
  tracked: readonly Tracked[],
  earlier: readonly ListedEntry[],
  unsettled: readonly ListedEntry[],
): Tracked[] => {
  const settled = new Set(earlier.filter(({ state }) => isSettled(state)).map(({ sequence }) => sequence));
  return [
    ...tracked.filter(({ sequence }) => !settled.has(sequence)),
    ...unsettled.map(({ sequence, state, tender }) => ({ sequence, shift: number, was: state, tender })),
  ];
};
