import type { MatchAsk, MemberCard } from '../../../preload/contract/index.ts';

/** What is being asked for, as it stands in the form. */
export interface MatchFields {
  readonly of: 'day' | 'days' | 'member';
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly query: string;
  /** Whom the query found; null before it was asked. */
  readonly found: readonly MemberCard[] | null;
  readonly member: string | null;
}

export const matchKinds = ['day', 'days', 'member'] as const satisfies readonly MatchFields['of'][];

export interface AskedDays {
  readonly from: string;
  readonly to: string;
}

/** Of these days, or of today where nobody said which. */
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

/** The day before, or after, as the calendar has it. */
export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);

/** What main is asked; null while something is missing. Whether days are right, main says. */
export function askOf({ of, day, from, to, member }: MatchFields): MatchAsk | null {
  if (of === 'member') return member === null ? null : { of: 'member', customerUid: member };
  const [first, last] = of === 'day' ? [day, day] : [from, to];
  return isDay(first) && isDay(last) ? { of: 'days', from: first, to: last } : null;
}

/** The one that was found is meant; of several a person chooses. */
export const afterFound = (fields: MatchFields, found: readonly MemberCard[]): MatchFields => ({
  ...fields,
  found,
  member: found.length === 1 ? (found[0]?.customerUid ?? null) : null,
});
