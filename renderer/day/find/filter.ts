import { type AmountRules, compareAmounts, parseAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, EntryFilter } from '../../../preload/contract/index.ts';

/** Conditions as shown: each is named and can be removed. */
export const narrowings = [
  'days',
  'text',
  'customerUid',
  'sum',
  'cashier',
  'tender',
  'state',
  'kind',
  'shift',
] as const;
export type Narrowing = (typeof narrowings)[number];

export function isNarrowed(filter: EntryFilter, by: Narrowing): boolean {
  if (by === 'days') return filter.fromDay !== null || filter.toDay !== null;
  if (by === 'sum') return filter.least !== null || filter.most !== null;
  const value = filter[by];
  return typeof value === 'string' && by !== 'tender' ? value.trim() !== '' : value !== null;
}

const without: Readonly<Record<Narrowing, Partial<EntryFilter>>> = {
  days: { fromDay: null, toDay: null },
  text: { text: '' },
  customerUid: { customerUid: null },
  sum: { least: null, most: null },
  cashier: { cashier: '' },
  tender: { tender: null },
  state: { state: null },
  kind: { kind: null },
  shift: { shift: null },
};

export const widened = (by: Narrowing): Partial<EntryFilter> => without[by];

/** People set up here, and cashiers of found entries. */
export const cashiersOf = (
  people: readonly string[],
  found: readonly { readonly actor: string }[],
): string[] =>
  [...new Set([...people, ...found.map(({ actor }) => actor)])].filter((name) => name !== '').sort();

const DAY_MS = 86_400_000;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export const spans = ['today', 'yesterday', 'week', 'month', 'all'] as const;
export type Span = (typeof spans)[number];

/** A week is the last seven days, a month the current one. */
export function daysOf(span: Span, today: string): Pick<EntryFilter, 'fromDay' | 'toDay'> {
  switch (span) {
    case 'today':
      return { fromDay: today, toDay: today };
    case 'yesterday':
      return { fromDay: dayAfter(today, -1), toDay: dayAfter(today, -1) };
    case 'week':
      return { fromDay: dayAfter(today, -6), toDay: today };
    case 'month':
      return { fromDay: `${today.slice(0, 8)}01`, toDay: today };
    case 'all':
      return { fromDay: null, toDay: null };
  }
}

/** Null where the days were chosen otherwise. */
export const spanOf = ({ fromDay, toDay }: EntryFilter, today: string): Span | null =>
  spans.find((span) => {
    const days = daysOf(span, today);
    return days.fromDay === fromDay && days.toDay === toDay;
  }) ?? null;

interface SumSpan {
  readonly least: Amount | null;
  readonly most: Amount | null;
}

/** `50`, `20-100`, `20-` or `-100`; empty is any sum. Undefined where it is invalid. */
export function readSums(typed: string, rules: AmountRules): SumSpan | undefined {
  const sides = typed.split(/\s*(?:[-–—~～]|\.\.)\s*/u).map((side) => side.trim());
  const read = (side: string): Amount | null | undefined => {
    const parsed = parseAmount(side, rules);
    if (parsed.ok) return parsed.value;
    return parsed.error === 'empty' ? null : undefined;
  };
  const [first = '', second] = sides;
  if (sides.length > 2) return undefined;
  const least = read(first);
  const most = second === undefined ? least : read(second);
  if (least === undefined || most === undefined) return undefined;
  if (second !== undefined && least === null && most === null) return undefined;
  return least !== null && most !== null && compareAmounts(least, most) > 0 ? undefined : { least, most };
}
