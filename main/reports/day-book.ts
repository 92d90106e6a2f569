import type { DayGroup, DayGroups } from '../outbox/day-groups.ts';
import { createTurns } from '../turns.ts';
import type { Stretch } from './calendar.ts';
import { type DaySums, merged } from './figures.ts';

/** What each day's entries come to. */
export interface DayBook {
  /** Days without entries are left out. What is past and settled is reckoned once. */
  days(stretch: Stretch): Promise<ReadonlyMap<string, DaySums>>;
}

export interface DayBookParts {
  readonly groups: DayGroups;
  /** Main's thread does something else; rejects where the till was closed meanwhile. */
  readonly pause: () => Promise<void>;
  /** How often the tables were mended by the journal: what was read of them before is read anew. */
  readonly repaired: () => number;
}

interface KnownDay {
  readonly mark: string;
  readonly sums: DaySums;
}

export function createDayBook({ groups, pause, repaired }: DayBookParts): DayBook {
  const known = new Map<string, KnownDay>();
  const inTurn = createTurns();

  const read = async (day: string): Promise<DaySums> => {
    const found: DayGroup[] = [];
    const members = new Set<number>();
    for (let after: number | null = 0; after !== null; ) {
      const step = groups.step(day, after);
      found.push(...step.groups);
      for (const member of step.members) members.add(member);
      after = step.next;
      await pause();
    }
    return { groups: merged(found), members: [...members] };
  };

  return {
    days: ({ from, to }) =>
      inTurn(async () => {
        const sums = new Map<string, DaySums>();
        for (const [day, { text, isSettled }] of groups.marks(from, to)) {
          const mark = `${repaired()} ${text}`;
          const kept = known.get(day);
          if (kept?.mark === mark) {
            sums.set(day, kept.sums);
            continue;
          }
          const now = await read(day);
          sums.set(day, now);
          // An entry that came or ended meanwhile may be in it or not.
          const isSame = groups.marks(day, day).get(day)?.text === text;
          if (isSettled && isSame) known.set(day, { mark, sums: now });
          else known.delete(day);
        }
        return sums;
      }),
  };
}
