import { createMutex } from '../../kernel/mutex.ts';
import { ignoreProgress, type OnProgress } from '../../kernel/progress.ts';
import { addDays } from '../../kernel/store-time.ts';
import type { DayGroup, DayGroups, DayTurn, DayTurns } from '../day-groups.ts';
import type { BusinessDays } from '../shifts/business-day.ts';
import type { DayRange } from './calendar.ts';
import { type DaySums, merged } from './figures.ts';

export interface DayBook {
  /** Leaves out days without entries; settled days are cached. Rejects where it was cancelled, which keeps the cache. */
  days(
    range: DayRange,
    onProgress?: OnProgress,
    callOff?: AbortSignal,
  ): Promise<ReadonlyMap<string, DaySums>>;
  /** The same from the entries after this one only; nothing is cached. */
  daysAfter(sequence: number, range: DayRange): Promise<ReadonlyMap<string, DaySums>>;
}

export interface DayBookParts extends Pick<BusinessDays, 'beginsAt'> {
  readonly groups: DayGroups;
  /** Yields to the event loop; rejects where the till was closed meanwhile. */
  readonly pause: () => Promise<void>;
  /** How often the tables were rebuilt from the journal: the cache is invalid then. */
  readonly repaired: () => number;
}

/** A store day, whose entries may belong to two business days. */
type DayParts = ReadonlyMap<DayTurn, DaySums>;

interface KnownDay {
  readonly mark: string;
  readonly parts: DayParts;
}

const turns = [-1, 0, 1] as const satisfies readonly DayTurn[];

async function byBusinessDay(
  parts: ReadonlyMap<string, DayParts>,
  { from, to }: DayRange,
  pause: () => Promise<void>,
): Promise<ReadonlyMap<string, DaySums>> {
  const found = new Map<string, DaySums>();
  for (const [day, of] of parts) {
    for (const [turn, sums] of of) {
      const name = addDays(day, turn);
      if (name < from || name > to) continue;
      const known = found.get(name);
      if (known === undefined) {
        found.set(name, sums);
        continue;
      }
      found.set(name, {
        groups: merged([...known.groups, ...sums.groups]),
        members: [...new Set([...known.members, ...sums.members])],
      });
      await pause();
    }
  }
  return found;
}

export function createDayBook({ groups, beginsAt, pause, repaired }: DayBookParts): DayBook {
  const known = new Map<string, KnownDay>();
  const runExclusive = createMutex();

  const turnsOf = (day: string): DayTurns => ({ beginsMs: beginsAt(day), nextMs: beginsAt(addDays(day, 1)) });

  const read = async (day: string, at: DayTurns, from = 0): Promise<DayParts> => {
    const found = new Map<DayTurn, { groups: DayGroup[]; members: Set<number> }>(
      turns.map((turn) => [turn, { groups: [], members: new Set() }]),
    );
    for (let after: number | null = from; after !== null; ) {
      const step = groups.step(day, after, at);
      for (const { turn, ...group } of step.groups) found.get(turn)?.groups.push(group);
      for (const { turn, member } of step.members) found.get(turn)?.members.add(member);
      after = step.next;
      await pause();
    }
    const parts = [...found].filter(([, { groups: of }]) => of.length > 0);
    return new Map(
      parts.map(([turn, of]) => [turn, { groups: merged(of.groups), members: [...of.members] }]),
    );
  };

  return {
    days: (range, onProgress = ignoreProgress, callOff) =>
      runExclusive(async () => {
        const parts = new Map<string, DayParts>();
        const marks = groups.marks(addDays(range.from, -1), addDays(range.to, 1));
        await pause();
        for (const [day, { text, isSettled }] of marks) {
          callOff?.throwIfAborted();
          onProgress({ done: parts.size, of: marks.size });
          const at = turnsOf(day);
          const mark = `${repaired()} ${at.beginsMs} ${at.nextMs} ${text}`;
          const kept = known.get(day);
          if (kept?.mark === mark) {
            parts.set(day, kept.parts);
            continue;
          }
          const now = await read(day, at);
          parts.set(day, now);
          // An entry added or settled meanwhile may be in it or not.
          const isSame = groups.marks(day, day).get(day)?.text === text;
          if (isSettled && isSame) known.set(day, { mark, parts: now });
          else known.delete(day);
        }
        return byBusinessDay(parts, range, pause);
      }),
    daysAfter: (sequence, range) =>
      runExclusive(async () => {
        const parts = new Map<string, DayParts>();
        const first = groups.firstDayAfter(sequence);
        if (first === null) return new Map<string, DaySums>();
        for (const day of groups.marks(first, addDays(range.to, 1)).keys())
          parts.set(day, await read(day, turnsOf(day), sequence));
        return byBusinessDay(parts, range, pause);
      }),
  };
}
