import {
  amount,
  type EntryFacts,
  type EntryOrigin,
  type EntryTerms,
  entryTermsSchema,
} from '../../../preload/contract/index.ts';
import { fromScaled, toScaled } from '../../kernel/scaled.ts';
import type { MadeColumns } from '../entry-types.ts';
import {
  type By,
  type ColumnsBy,
  type FactName,
  inOrigin,
  type MadeName,
  type StoredFact,
  storedFacts,
} from './entry-facts.ts';

// Derived from the list of facts: columns, conversion of rows, exports.

export type Column<G extends By = By> = keyof ColumnsBy<G>;

interface Fact extends StoredFact {
  readonly name: FactName;
  readonly column: Column;
}

const facts = Object.entries(storedFacts).map(([name, fact]) => ({ ...fact, name }) as Fact);
const columnsOf = <C extends Column = Column>(some: readonly Fact[]): readonly C[] =>
  some.map(({ column }) => column as C);

const isChanging = ({ by, changes }: Fact): boolean => by === 'steps' || changes === true;

export const frozenColumns = columnsOf(facts.filter((fact) => !isChanging(fact)));
export const changingColumns = columnsOf(facts.filter(isChanging));
export const scaledColumns: ReadonlySet<string> = new Set(
  columnsOf(facts.filter(({ way }) => way === 'scaled')),
);

/** Columns that lie in joined tables. */
export const besideColumns: ReadonlyMap<string, string> = new Map(
  facts.flatMap(({ column, beside }) => (beside === undefined ? [] : [[column, beside] as const])),
);

const isTerm = (name: FactName): name is keyof EntryTerms => Object.hasOwn(entryTermsSchema.shape, name);
const isOrigin = (name: FactName): name is keyof typeof inOrigin => Object.hasOwn(inOrigin, name);

type Known = Pick<EntryFacts, Extract<MadeName, keyof EntryFacts> | 'terms' | 'origin'>;

/** Reads a fact; null if it is not known. */
function partOf(name: FactName): (known: Known) => unknown {
  if (isTerm(name)) return ({ terms }) => terms[name] ?? null;
  if (isOrigin(name)) return ({ origin }) => origin?.[inOrigin[name]] ?? null;
  return (known) => (known as Partial<EntryFacts>)[name] ?? null;
}

/** Damaged text reads as empty: the journal reports the damage, and the till goes on. */
export function readMessages(text: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}

const readIn = {
  scaled: fromScaled,
  exact: amount,
  flag: (value: number) => value === 1,
  list: readMessages,
} as const;

type AnyRow = Partial<Record<Column, unknown>>;

const making = facts
  .filter(({ by }) => by !== 'row' && by !== 'steps')
  .map(({ name, column, way }) => {
    const value = partOf(name);
    return (known: Known): readonly [Column, unknown] => {
      const found = value(known);
      return [column, way === 'scaled' && found !== null ? toScaled(found as never) : found];
    };
  });

/** The columns of a new entry; none of these facts is a list or a flag. */
export const madeOf = (known: Known): MadeColumns =>
  Object.fromEntries(making.map((columnIn) => columnIn(known))) as MadeColumns;

/** Columns of a deleted customer read as empty. */
const absent = ({ beside }: Fact): '' | null => (beside === undefined ? null : '');

/**
 * An object with these names, copied for each row. Made by `JSON.parse`: if built name by name, V8 would keep it and its
 * copies as slow dictionaries, and each row of a list would take four times as long.
 */
export const blankOf = (named: readonly (readonly [string, null | string])[]): Record<string, unknown> =>
  JSON.parse(JSON.stringify(Object.fromEntries(named))) as Record<string, unknown>;

/** Makes a reader of these facts of a row; `parts` stay null. */
function readerOf<T extends object>(
  some: readonly Fact[],
  parts: readonly string[] = [],
): (row: AnyRow) => T {
  const blank = blankOf([
    ...some.map((fact) => [fact.name, absent(fact)] as const),
    ...parts.map((name) => [name, null] as const),
  ]);
  const plain = some.filter(({ way }) => way === undefined);
  const other = some.flatMap(({ name, column, way }) =>
    way === undefined ? [] : [{ name, column, read: readIn[way] as (value: unknown) => unknown }],
  );
  return (row) => {
    const found = { ...blank };
    for (const { name, column } of plain) {
      const value = row[column];
      if (value !== null && value !== undefined) found[name] = value;
    }
    for (const { name, column, read } of other) {
      const value = row[column];
      if (value !== null && value !== undefined) found[name] = read(value);
    }
    return found as T;
  };
}

type Writable<T> = { -readonly [N in keyof T]: T[N] };

const termsOf = readerOf<EntryTerms>(facts.filter(({ name }) => isTerm(name)));
/** For the check-up, and tills without rules. */
export const noTerms: EntryTerms = termsOf({});

/** Null if it came from no receipt. */
function originOf(row: AnyRow): EntryOrigin | null {
  const { origin_till: till, origin_epoch: epoch, origin_number: number } = row as ColumnsBy<'stated'>;
  return till === null && epoch === null && number === null ? null : { till, epoch, number };
}

/** Makes a converter of rows; the properties in `beside` stay null for the caller to set. */
export function factsReader<T extends EntryFacts>(
  beside: readonly Exclude<keyof T & string, FactName>[],
): (row: ColumnsBy<'stated'>) => Writable<T> {
  const rest = facts.filter(({ name }) => !isTerm(name) && !isOrigin(name));
  const factsOf = readerOf<Writable<T>>(rest, ['terms', 'origin', ...beside]);
  return (row) => {
    const found = factsOf(row);
    found.terms = termsOf(row);
    found.origin = originOf(row);
    return found;
  };
}

interface ExportedFact {
  readonly name: string;
  readonly how: NonNullable<StoredFact['exported']>;
  readonly value: (known: EntryFacts) => unknown;
}

/** What exports show, newest facts last. */
export const exportedFacts: readonly ExportedFact[] = facts.flatMap(
  ({ name, exported, exportedAs = name }) =>
    exported === undefined ? [] : [{ name: exportedAs, how: exported, value: partOf(name) }],
);
