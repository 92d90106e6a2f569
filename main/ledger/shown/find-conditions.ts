import type { EntryFilter, EntryState, FindState } from '../../../preload/contract/index.ts';
import { toScaled } from '../../kernel/scaled.ts';
import { isGivenBackAfterPaper } from '../journal/quiet-notes.ts';

/** From `fromMs` to before `beforeMs`; null has no end. */
export interface Within {
  readonly fromMs: number | null;
  readonly beforeMs: number | null;
}

/** SQL over `increment i`; `1` if any entry matches. */
export interface Conditions {
  readonly where: string;
  readonly values: Readonly<Record<string, string | number>>;
}

const statesOf = {
  waiting: ['queued', 'sending'],
  confirmed: ['confirmed'],
  unknown: ['unknown'],
  review: ['review'],
  rejected: ['rejected'],
  cancelled: ['cancelled'],
} as const satisfies Record<Exclude<FindState, 'takenBack' | 'afterPaper'>, readonly EntryState[]>;

const isTakenBack = `EXISTS (SELECT 1 FROM increment r WHERE r.corrects = i.id
  AND r.kind = 'reversal' AND r.state NOT IN ('rejected', 'cancelled'))`;

/** States that have an index of their few entries; null for the others. */
export function fewStates({ state }: EntryFilter): readonly EntryState[] | null {
  switch (state) {
    case 'waiting':
    case 'unknown':
    case 'review':
    case 'rejected':
      return statesOf[state];
    default:
      return null;
  }
}

function ofState({ state }: EntryFilter): string | null {
  if (state === null) return null;
  if (state === 'takenBack') return isTakenBack;
  if (state === 'afterPaper') return `(${isGivenBackAfterPaper()})`;
  return `i.state IN (${statesOf[state].map((one) => `'${one}'`).join(', ')})`;
}

/** A LIKE pattern for a text anywhere. */
export const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`;

const sums = {
  whole: 'ABS(i.balance_increment_e4)',
  // Both have the sign of the entry.
  principal: 'ABS(i.balance_increment_e4 - COALESCE(i.bonus_e4, 0))',
} as const;

/**
 * The filter's conditions on an entry itself; members, days and references are found otherwise. Pure. Throws a
 * RangeError on a sum that no entry can have.
 */
export function conditionsOf(filter: EntryFilter, { fromMs, beforeMs }: Within): Conditions {
  const values: Record<string, string | number> = {};
  const given = (name: string, value: string | number): string => {
    values[name] = value;
    return `@${name}`;
  };
  const { least, most, cashier, tender, kind } = filter;
  const sum = sums[filter.sumOf];
  const parts = [
    fromMs === null ? null : `i.created_at_ms >= ${given('fromMs', fromMs)}`,
    beforeMs === null ? null : `i.created_at_ms < ${given('beforeMs', beforeMs)}`,
    least === null ? null : `${sum} >= CAST(${given('least', toScaled(least))} AS INTEGER)`,
    most === null ? null : `${sum} <= CAST(${given('most', toScaled(most))} AS INTEGER)`,
    // Points alone have no sum to search for.
    least === null && most === null ? null : 'i.balance_increment_e4 <> 0',
    cashier.trim() === '' ? null : `i.cashier LIKE ${given('cashier', anywhere(cashier.trim()))} ESCAPE '\\'`,
    tender === null ? null : tender === '' ? 'i.tender IS NULL' : `i.tender = ${given('tender', tender)}`,
    kind === null ? null : `i.kind = ${given('kind', kind)}`,
    ofState(filter),
  ].filter((part) => part !== null);
  return { where: parts.length === 0 ? '1' : parts.join(' AND '), values };
}
