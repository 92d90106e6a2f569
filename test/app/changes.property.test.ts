import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, type Unnumbered } from '../../main/app/changes.ts';
import {
  applyChanges,
  type Changes,
  changesSchema,
  ok,
  type Snapshot,
} from '../../preload/contract/index.ts';
import { feedTopics } from '../../renderer/shared/feed.ts';
import { entryOf, snapshotOf } from '../renderer/support/samples.ts';

const runs = { numRuns: 500, seed: 16_006 };

const rows = fc
  .uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 12 }), attempts: fc.nat(2) }), {
    selector: ({ number }) => number,
  })
  .map((drawn) =>
    drawn
      .sort((a, b) => b.number - a.number)
      .map(({ number, attempts }) =>
        entryOf({ id: `e${number}`, reference: String(9_990 + number).padStart(4, '0'), attempts }),
      ),
  );

/** What main may show at one moment; few values, so that topics often stay as they are. */
const snapshot: fc.Arbitrary<Unnumbered> = fc
  .record({
    mode: fc.constantFrom<Unnumbered['mode'][]>('first-run', 'live', 'broken'),
    problem: fc.constantFrom<Unnumbered['problem'][]>(null, { code: 'disk-full' }),
    refusals: fc.nat(2),
    used: fc.nat(1),
    retryAtMs: fc.constantFrom(null, 1_000),
    activity: rows,
  })
  .map(({ used, retryAtMs, ...topics }) => {
    const { revision: _, ...sample } = snapshotOf();
    return {
      ...sample,
      ...topics,
      budget: { ...sample.budget, used },
      link: { ...sample.link, retryAtMs },
    };
  });

describe('what is told between two snapshots', () => {
  it('leads from the one to the other, and is nothing where they are the same', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (before, after) => {
        const changes = changesBetween(before, after);
        if (changes === null) return expect(before).toEqual(after);
        const parsed = changesSchema.parse({ number: 8, ...changes });
        expect(applyChanges({ ...before, revision: 7 }, parsed)).toEqual({ ...after, revision: 8 });
      }),
      runs,
    );
  });

  it('has no topic and no row that is as it was', () => {
    fc.assert(
      fc.property(snapshot, snapshot, (before, after) => {
        const { topics, rows: changed } = changesBetween(before, after) ?? { topics: {}, rows: { put: [] } };
        for (const [name, value] of Object.entries(topics)) {
          expect(before[name as keyof Unnumbered]).not.toEqual(value);
        }
        for (const row of changed.put) expect(before.activity).not.toContainEqual(row);
      }),
      runs,
    );
  });
});

/** A main that shows these snapshots one after the other, and a way to the page on which pushes fare as `fates` say. */
function mainOf(first: Unnumbered) {
  let shown: Snapshot = { ...first, revision: 0 };
  let listener: (changes: Changes) => void = () => undefined;
  return {
    shown: () => shown,
    onChanges: (hear: typeof listener) => {
      listener = hear;
      return () => undefined;
    },
    /** The push for this snapshot; null where nothing changed. */
    show: (next: Unnumbered): Changes | null => {
      const { revision, ...before } = shown;
      const changes = changesBetween(before, next);
      if (changes === null) return null;
      shown = { ...next, revision: revision + 1 };
      return { number: revision + 1, ...changes };
    },
    deliver: (changes: Changes) => listener(changes),
  };
}

describe('a page', () => {
  const fate = fc.constantFrom<('comes' | 'lost' | 'late' | 'twice')[]>('comes', 'lost', 'late', 'twice');

  it('shows what main has once a push arrives, whatever became of those before', async () => {
    await fc.assert(
      fc.asyncProperty(
        snapshot,
        fc.array(fc.tuple(snapshot, fate, fc.boolean()), { maxLength: 12 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        async (first, steps, answers) => {
          const main = mainOf(first);
          let page: Snapshot | null = null;
          const timers: (() => void)[] = [];
          const willAnswer = [...answers];
          const stop = feedTopics({
            onChanges: main.onChanges,
            appSnapshot: async () =>
              willAnswer.shift() === false
                ? { ok: false, error: { code: 'internal' } as const }
                : ok(main.shown()),
            take: (whole) => {
              page = whole;
            },
            apply: (changes) => {
              if (page !== null) page = applyChanges(page, changes);
            },
            onFailure: () => undefined,
            after: (_, action) => {
              timers.push(action);
              return () => undefined;
            },
          });
          const late: Changes[] = [];
          for (const [next, became, isSettled] of steps) {
            const push = main.show(next);
            if (push !== null && (became === 'comes' || became === 'twice')) main.deliver(push);
            if (push !== null && became === 'twice') main.deliver(push);
            if (push !== null && became === 'late') late.push(push);
            if (isSettled) await settled();
          }
          for (const push of late) main.deliver(push);
          const last = main.show({ ...first, refusals: 99 });
          if (last !== null) main.deliver(last);
          for (let asked = 0; asked <= answers.length; asked += 1) {
            await settled();
            for (const again of timers.splice(0)) again();
          }
          await settled();
          expect(page).toEqual(main.shown());
          stop();
        },
      ),
      runs,
    );
  });

  it('never shows a push before the one that it follows', async () => {
    const { revision: _, ...empty } = snapshotOf();
    const main = mainOf(empty);
    const applied: number[] = [];
    let asked = 0;
    feedTopics({
      onChanges: main.onChanges,
      appSnapshot: async () => {
        asked += 1;
        return ok(main.shown());
      },
      take: ({ revision }) => void applied.push(revision),
      apply: ({ number }) => void applied.push(number),
      onFailure: () => undefined,
      after: () => () => undefined,
    });
    await settled();
    const pushes = [1, 2, 3].map((refusals) => main.show({ ...empty, refusals }) as Changes);
    main.deliver(pushes[0] as Changes);
    main.deliver(pushes[2] as Changes);
    await settled();
    main.deliver(pushes[1] as Changes);
    expect(applied).toEqual([0, 1, 3]);
    expect(asked).toBe(2);
  });
});

/** Every promise that was waited for has gone on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}
