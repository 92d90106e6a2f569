import { createPusher } from '../../../main/app/ipc/pusher.ts';
import { createScreen, type Screen } from '../../../main/app/screen.ts';
import type { Clock } from '../../../main/kernel/ports.ts';
import { createTestClock } from '../../kit/clock.ts';
import { atMost, type Figure } from '../figure.ts';
import { addEntry, confirm, endOfFilling, openTill, silent } from '../filled-till.ts';
import { type Bench, type Row, sizeText } from '../row.ts';
import { timeOf } from '../side-by-side.ts';
import { median } from '../statistics.ts';

const LIMIT_MS = 4;

/** A clock of which what is due is done when told to. */
function createHeldClock(clock: Clock) {
  let due: (() => void)[] = [];
  const held: Clock = {
    ...clock,
    schedule: (_, action) => {
      due.push(action);
      return () => {
        due = due.filter((one) => one !== action);
      };
    },
  };
  return {
    held,
    run: () => {
      for (const action of due.splice(0)) action();
    },
  };
}

/** What a page is sent: reading what is shown, finding what changed, and holding it against the contract. */
async function openScreen(bench: Bench, entries: number) {
  let screen: Screen | null = null;
  const clock = createTestClock(endOfFilling);
  const session = await openTill(await bench.filled(entries), clock, (...topics) =>
    screen?.changed(...topics),
  );
  const { held, run } = createHeldClock(clock);
  const page = { isDestroyed: () => false, send: () => undefined };
  screen = createScreen({
    ...{ clock: held, logger: silent, session: () => session },
    onChanges: createPusher({ contents: () => page, logger: silent }),
  });
  const shown = screen;
  let made = 0;
  return {
    first: () => timeOf(shown.snapshot),
    /** An entry is added, and every other one is confirmed as well; what the page hears of it is timed. */
    change: async () => {
      made += 1;
      clock.pass(1_000);
      const id = addEntry(session, made);
      if (made % 2 === 0) confirm(session, id);
      // The journal's readers hear of it.
      await Promise.resolve();
      return timeOf(run);
    },
    close: () => session.close(0),
  };
}

/** What the page hears takes main's thread, which everything else waits for. */
export const screenRow: Row = {
  name: 'screen',
  measure: async (bench) => {
    const small = await openScreen(bench, bench.base);
    const figures: Figure[] = [];
    for (const entries of bench.sizes) {
      const large = await openScreen(bench, entries);
      for (const [name, rounds] of [
        ['first', bench.quick ? 5 : 21],
        ['change', bench.quick ? 30 : 200],
      ] as const) {
        const [ours, against]: [number[], number[]] = [[], []];
        await large[name]();
        await small[name]();
        for (let round = 0; round < rounds; round += 1) {
          ours.push(await large[name]());
          against.push(await small[name]());
        }
        const what = `${name === 'first' ? 'the whole picture' : 'a change'} for the page, ${sizeText(entries)}`;
        const of = { name: what, unit: 'ms', ours: median(ours) } as const;
        figures.push(
          { ...of, against: LIMIT_MS, beside: 'limit', goal: atMost(1), bound: null },
          {
            ...{ ...of, against: median(against), beside: `the same over ${sizeText(bench.base)}` },
            ...{ goal: atMost(2), bound: atMost(30) },
          },
        );
      }
      await large.close();
    }
    await small.close();
    return figures;
  },
};
