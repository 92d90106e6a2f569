import { realClock } from '../../kit/practice-store.ts';
import { createCashier, fillDirectory } from '../cashier.ts';
import { atMost, type Figure } from '../figure.ts';
import { confirm, openTill } from '../filled-till.ts';
import { createAppender, createJsonFile, createQueueTable, ENTRY_BYTES } from '../peers.ts';
import { type Bench, type Row, sizeText } from '../row.ts';
import { sideBySide, type Times } from '../side-by-side.ts';
import { median, p99 } from '../statistics.ts';

/** Far more than a till has waiting, and what a store without a database still bears. */
const JSON_ENTRIES = 1_000;

const figure = (name: string, { ours, against }: Times, of: typeof median) => ({
  ...({ name, unit: 'ms', ours: of(ours), against: of(against) } as const),
});

async function beside(bench: Bench, entries: number): Promise<readonly Figure[]> {
  const session = await openTill(await bench.filled(entries), realClock);
  fillDirectory(session);
  const press = createCashier(session);
  let pressed = '';
  const ours = () => {
    pressed = press();
  };
  // What waits is confirmed in between: it is not what is measured.
  const between = () => confirm(session, pressed);
  const folder = bench.scratch();
  const appender = createAppender(folder);
  const rounds = bench.quick ? 60 : 300;
  const name = `confirm to committed, ${sizeText(entries)}`;
  const appended = await sideBySide(rounds, ours, appender.write, { between, warmUp: 20 });
  const append = `append and sync of ${ENTRY_BYTES / 1_000} KB`;
  const figures: Figure[] = [
    { ...figure(`${name}, p50`, appended, median), beside: append, goal: atMost(2), bound: atMost(12) },
    { ...figure(`${name}, p99`, appended, p99), beside: append, goal: atMost(3), bound: null },
  ];
  appender.close();
  if (entries === bench.base) {
    const table = createQueueTable(folder);
    const plain = await sideBySide(rounds, ours, table.write, { between, warmUp: 20 });
    table.close();
    const json = createJsonFile(folder, JSON_ENTRIES);
    const stored = await sideBySide(bench.quick ? 10 : 50, ours, json.write, { between });
    figures.push(
      {
        ...figure(`${name}, p50`, plain, median),
        ...{ beside: 'row of a plain queue table', goal: null, bound: atMost(10) },
      },
      {
        ...figure(`${name}, p50`, stored, median),
        ...{ beside: `JSON file of ${sizeText(JSON_ENTRIES)} entries`, goal: atMost(1), bound: atMost(4) },
      },
    );
  }
  await session.close(0);
  return figures;
}

/** From the press on Confirm, in main, to an entry that is on the disk. */
export const confirmRow: Row = {
  name: 'confirm',
  measure: async (bench) => {
    const figures: Figure[] = [];
    for (const entries of [bench.base, ...bench.sizes]) figures.push(...(await beside(bench, entries)));
    return figures;
  },
};
