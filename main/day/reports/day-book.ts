import { addDays } from '../../kernel/store-time.ts';
import type { DayGroup, DayGroups } from '../day-groups.ts';
import type { BusinessDays } from '../shifts/business-day.ts';
import type { DayRange } from './calendar.ts';
import { merged } from './figures.ts';

/** This till's entries by business day. */
export type Days = ReadonlyMap<string, readonly DayGroup[]>;

/** Those after an entry; leaves out days without any. */
export type DaysAfter = (sequence: number, range: DayRange) => Promise<Days>;

export interface DayBookParts extends Pick<BusinessDays, 'beginsAt'> {
  readonly groups: DayGroups;
  /** Yields to the event loop; rejects where the till was closed meanwhile. */
  readonly pause: () => Promise<void>;
}

export const createDayBook =
  ({ groups, beginsAt, pause }: DayBookParts): DaysAfter =>
  async (sequence, { from, to }) => {
    const found = new Map<string, readonly DayGroup[]>();
    // The entries of a store day may belong to two business days.
    for (const day of groups.daysAfter(sequence, addDays(from, -1), addDays(to, 1))) {
      const turns = { beginsMs: beginsAt(day), nextMs: beginsAt(addDays(day, 1)) };
      for (let after: number | null = sequence; after !== null; ) {
        const step = groups.step(day, after, turns);
        for (const { turn, ...group } of step.groups) {
          const name = addDays(day, turn);
          if (from <= name && name <= to) found.set(name, merged([...(found.get(name) ?? []), group]));
        }
        after = step.next;
        await pause();
      }
    }
    return found;
  };
