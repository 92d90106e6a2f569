import type { MatchAsk, MemberCard } from '../../../preload/contract/index.ts';

export interface MatchFields {
  readonly of: 'day' | 'days' | 'member';
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly query: string;
  /** Results of the query; null before it. */
  readonly found: readonly MemberCard[] | null;
  readonly member: string | null;
}

export const matchKinds = ['day', 'days', 'member'] as const satisfies readonly MatchFields['of'][];

export interface AskedDays {
  readonly from: string;
  readonly to: string;
}

/** These days, or today. */
export const newFields = (
  today: string,
  { from, to }: AskedDays = { from: today, to: today },
): MatchFields => ({
  of: from === to ? 'day' : 'days',
  day: to,
  from,
  to,
  query: '',
  found: null,
  member: null,
});

const DAY_MS = 86_400_000;
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

/** Null while something is missing; main checks the days. */
export function askOf({ of, day, from, to, member }: MatchFields): MatchAsk | null {
  if (of === 'member') return member === null ? null : { of: 'member', customerUid: member };
  const [first, last] = of === 'day' ? [day, day] : [from, to];
  return isDay(first) && isDay(last) ? { of: 'days', from: first, to: last } : null;
}

/** A single result is chosen at once. */
export const afterFound = (fields: MatchFields, found: readonly MemberCard[]): MatchFields => ({
  ...fields,
  found,
  member: found.length === 1 ? (found[0]?.customerUid ?? null) : null,
});
