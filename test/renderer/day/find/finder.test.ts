import { expect, it } from 'vitest';
import { appError, type Entry, err, ok } from '../../../../preload/contract/index.ts';
import { createFinder, type FinderPorts } from '../../../../renderer/day/find/finder.ts';
import { entryOf } from '../../support/samples.ts';

const row = (number: number, changes: Partial<Entry> = {}): Entry =>
  entryOf({ id: `e${number}`, reference: String(number).padStart(4, '0'), ...changes });

/** So many entries, newest first, from one down. */
const rowsFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => row(first - at));

const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A main that has these entries, a page of ten at a time, and timers in the test's hand. */
function openFinder(all: readonly Entry[]) {
  const main = {
    ...{ all, asked: [] as string[], page: 10, nowMs: 0, eachMs: 0 },
    whenAsked: (_: number | null): void => undefined,
  };
  const due: (() => void)[] = [];
  const numberOf = ({ reference }: Entry) => Number(reference);
  const ports: FinderPorts = {
    entries: async ({ filter, before }) => {
      main.asked.push(`${filter.text} ${before}`);
      main.whenAsked(before);
      if (filter.text === 'broken') return err(appError('database-failed'));
      const left = main.all.filter((one) => before === null || numberOf(one) < before);
      const found = left.filter(({ memberName }) => memberName.includes(filter.text)).slice(0, main.page);
      const last = found.at(-1);
      const isCut = found.length === main.page && last !== undefined;
      return ok({ entries: found, next: isCut ? numberOf(last) : null });
    },
    rows: async ({ ids }) => ok({ entries: main.all.filter(({ id }) => ids.includes(id)) }),
    sums: async () =>
      ok({
        sums: [{ state: 'confirmed', isReversal: false, entries: main.all.length } as never],
        next: null,
      }),
    after: (_, action) => {
      due.push(action);
      return () => {
        const at = due.indexOf(action);
        if (at >= 0) due.splice(at, 1);
      };
    },
    nowMs: () => {
      main.nowMs += main.eachMs;
      return main.nowMs;
    },
  };
  const finder = createFinder(ports);
  const ring = () => {
    for (const action of due.splice(0)) action();
  };
  const pass = async () => {
    ring();
    await turns();
  };
  const shown = () => finder.store.getState().rows.map(({ id }) => id);
  return { finder, main, pass, ring, shown, state: finder.store.getState };
}

it('looks until a screen is full, and for more where somebody scrolls to', async () => {
  const { finder, shown, state } = openFinder(rowsFrom(95, 95));
  finder.begin({});
  await turns();
  expect(shown()).toHaveLength(40);
  expect(state()).toMatchObject({ isLooking: false, next: 56, isCounted: true });
  await Promise.all([finder.more(), finder.more()]);
  expect(shown()).toHaveLength(50);
  for (let page = 0; page < 10; page += 1) await finder.more();
  expect(shown()).toEqual(rowsFrom(95, 95).map(({ id }) => id));
  expect(state().next).toBeNull();
});

it('drops the answer to what nobody asks any more, and waits for the hand that types', async () => {
  const all = [row(2, { memberName: 'Mei' }), row(1, { memberName: 'Wei' })];
  const { finder, main, pass, shown, state } = openFinder(all);
  finder.begin({});
  finder.change({ text: 'M' }, true);
  finder.change({ text: 'Me' }, true);
  await turns();
  expect(shown()).toEqual([]);
  expect(state().isLooking).toBe(true);
  await pass();
  expect(main.asked).toEqual([' null', 'Me null']);
  expect(shown()).toEqual(['e2']);
});

it('tells a failure, and is mended by the next look', async () => {
  const { finder, pass, shown, state } = openFinder([row(1)]);
  finder.begin({ text: 'broken' });
  await turns();
  expect(state()).toMatchObject({ failure: { code: 'database-failed' }, isLooking: false });
  expect(shown()).toEqual([]);
  finder.change({ text: '' });
  await pass();
  expect(state().failure).toBeNull();
  expect(shown()).toEqual(['e1']);
});

it('every step of what is in sight is seen, what is new comes first, and what fits no more goes', async () => {
  const { finder, main, pass, shown, state } = openFinder(rowsFrom(60, 60));
  finder.begin({});
  await turns();
  const done = (one: Entry) => row(Number(one.reference), { state: 'confirmed' });
  main.all = [
    row(61),
    ...rowsFrom(60, 60).map((one) => (one.id === 'e30' || one.id === 'e29' ? done(one) : one)),
  ].filter(({ id }) => id !== 'e58');
  finder.changed(() => ['e30']);
  finder.changed(() => ['e30']);
  await pass();
  expect(shown().slice(0, 4)).toEqual(['e61', 'e60', 'e59', 'e57']);
  const stateOf = (id: string) => state().rows.find((one) => one.id === id)?.state;
  expect([stateOf('e30'), stateOf('e29')]).toEqual(['confirmed', 'queued']);
  expect(new Set(shown()).size).toBe(shown().length);
  finder.leave();
  finder.changed(() => []);
});

it('loses none where more have come meanwhile than one answer holds', async () => {
  const { finder, main, pass, shown, state } = openFinder(rowsFrom(60, 60));
  finder.begin({});
  await turns();
  main.all = rowsFrom(75, 75);
  finder.changed(() => []);
  await pass();
  while (state().next !== null) await finder.more();
  expect(shown()).toEqual(rowsFrom(75, 75).map(({ id }) => id));
});

it('counts once more what changed right after it was counted, or while it was', async () => {
  const { finder, main, pass, state } = openFinder(rowsFrom(60, 60));
  const counted = () => state().sums.map(({ entries }) => entries);
  // A count of a second: another one follows it after six.
  main.eachMs = 1_000;
  finder.begin({});
  await turns();
  expect(counted()).toEqual([60]);
  main.all = rowsFrom(61, 61);
  finder.changed(() => []);
  await pass();
  expect([state().rows[0]?.id, ...counted()]).toEqual(['e61', 60]);
  main.nowMs += 6_000;
  await pass();
  expect(counted()).toEqual([61]);
});

it('sees what changes while it looks', async () => {
  const { finder, main, pass, ring, state } = openFinder(rowsFrom(60, 60));
  main.whenAsked = (before) => {
    if (before === null || state().rows.length > 10) return;
    main.all = rowsFrom(60, 60).map((one) => ({ ...one, state: 'confirmed' }));
    finder.changed(() => ['e60']);
    ring();
  };
  finder.begin({});
  await turns();
  expect(state().rows[0]).toMatchObject({ id: 'e60', state: 'queued' });
  await pass();
  expect(state().rows[0]?.state).toBe('confirmed');
});
