import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActivityList } from '../../main/counter/activity-list.ts';
import type { JournalEnd } from '../../main/counter/entry-changes.ts';
import type { Moments, ShownDay } from '../../main/ledger/shown/shown-day.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { type EntryState, entryStates } from '../../preload/contract/index.ts';

const runs = { numRuns: 1_000, seed: 16_007 };
const LIMIT = 4;

type Row = Pick<
  Increment,
  'id' | 'sequence' | 'state' | 'unacknowledged' | 'storeDay' | 'corrects' | 'attempts'
>;

/** Two of the calendar, and one of the same name as the first that ends at another time. */
const days: readonly ShownDay[] = [
  { day: 'monday', moments: null },
  { day: 'tuesday', moments: null },
  { day: 'monday', moments: { fromMs: 1, beforeMs: 2 } },
];
const [monday] = days as [ShownDay];

/** What a row of the day says of itself. */
const nameOf = ({ day, moments }: ShownDay) => (moments === null ? day : `late ${day}`);

/** An outbox of rows in memory, read as the real one reads. */
function outboxOf() {
  const rows = new Map<string, Row>();
  let reads = 0;
  /** What the journal has told of. */
  let journal: string[] = [];
  const asIncrement = (row: Row) => ({ ...row }) as Increment;
  const isOfDay = ({ storeDay }: Pick<Increment, 'storeDay'>, day: ShownDay) => storeDay === nameOf(day);
  const bySequence = (a: Row, b: Row) => b.sequence - a.sequence;
  const isOpen = ({ state }: Row) => ['queued', 'sending', 'unknown', 'review'].includes(state);
  const isForSomebody = ({ state }: Row) => state === 'unknown' || state === 'review';
  return {
    put: (row: Row) => {
      rows.set(row.id, row);
      journal.push(row.id);
    },
    begin: () => {
      journal = [];
    },
    reads: () => reads,
    source: {
      changedSince: (since: JournalEnd | null) => ({
        ids: since === null || since.number > journal.length ? null : journal.slice(since.number),
        end: { number: journal.length, repairs: 0 },
      }),
      activity: (day: string, limit: number, moments: Moments | null) => {
        reads += 1;
        const all = [...rows.values()].sort(bySequence);
        return [
          ...all.filter(isForSomebody),
          ...all.filter((row) => isOpen(row) && !isForSomebody(row)),
          ...all.filter((row) => !isOpen(row) && row.unacknowledged),
          ...all.filter((row) => !isOpen(row) && !row.unacknowledged && isOfDay(row, { day, moments })),
        ]
          .slice(0, limit)
          .sort(bySequence)
          .map(asIncrement);
      },
      byId: (id: string) => {
        const row = rows.get(id);
        return row === undefined ? null : asIncrement(row);
      },
      isOfDay,
    },
  };
}

const change = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  state: fc.constantFrom<EntryState[]>(...entryStates),
  isAcknowledged: fc.boolean(),
  day: fc.constantFrom(...days.map(nameOf)),
  corrects: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 4 }),
  attempts: fc.nat(2),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const rowOf = (made: Change): Row => ({
  id: `e${made.number}`,
  sequence: made.number,
  state: made.state,
  unacknowledged: made.state === 'rejected' && !made.isAcknowledged,
  storeDay: made.day,
  corrects: made.corrects === null ? null : `e${made.corrects}`,
  attempts: made.attempts,
});

const ofMonday = { isAcknowledged: true, day: 'monday', attempts: 0 } as const;

describe('the list that is kept', () => {
  it('is at every moment what a whole reading would be', () => {
    const step = fc.record({
      changes: fc.array(change, { maxLength: 3 }),
      day: fc.constantFrom(...days),
      fails: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const { put, source } = outboxOf();
        let fails = false;
        const byId = (id: string) => {
          if (fails) throw new Error('disk I/O error');
          return source.byId(id);
        };
        const list = createActivityList({ ...source, byId }, LIMIT);
        for (const { changes, day, ...made } of steps) {
          for (const changed of changes) put(rowOf(changed));
          fails = made.fails;
          try {
            list.read(day);
          } catch {
            // Read whole the next time.
          }
          fails = false;
          expect(list.read(day)).toEqual(source.activity(day.day, LIMIT, day.moments));
        }
      }),
      runs,
    );
  });

  it('reads what changed alone, also where there are more than it shows', () => {
    const { put: write, source, reads } = outboxOf();
    const list = createActivityList(source, LIMIT);
    const put = (number: number, state: EntryState) => {
      write(rowOf({ ...ofMonday, number, state, corrects: null }));
      return list.read(monday);
    };
    list.read(monday);
    for (let number = 1; number <= 9; number += 1) {
      put(number, 'queued');
      put(number, 'confirmed');
    }
    expect(reads()).toBe(1);
    const before = list.read(monday);
    const after = put(9, 'cancelled');
    expect(after[0]).not.toBe(before[0]);
    expect(after.slice(1).every((increment, index) => increment === before[index + 1])).toBe(true);
  });

  it('is read whole where the journal ends before what was followed', () => {
    const { put, begin, source, reads } = outboxOf();
    const list = createActivityList(source, LIMIT);
    put(rowOf({ ...ofMonday, number: 1, state: 'queued', corrects: null }));
    list.read(monday);
    begin();
    list.read(monday);
    expect(reads()).toBe(2);
  });

  it('reads an entry anew with the one that takes it back', () => {
    const { put, source } = outboxOf();
    const list = createActivityList(source, LIMIT);
    put(rowOf({ ...ofMonday, number: 1, state: 'confirmed', corrects: null }));
    const [before] = list.read(monday);
    put(rowOf({ ...ofMonday, number: 2, state: 'queued', corrects: 1 }));
    const after = list.read(monday);
    expect(after.map(({ id }) => id)).toEqual(['e2', 'e1']);
    expect(after[1]).not.toBe(before);
  });
});
