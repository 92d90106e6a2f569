import { statSync } from 'node:fs';
import type { OpenedSession } from '../../../main/app/open-session.ts';
import { realClock } from '../../kit/practice-store.ts';
import { createCashier, fillDirectory } from '../cashier.ts';
import { atMost, type Figure } from '../figure.ts';
import { confirm, openTill } from '../filled-till.ts';
import { createAppender, createJsonFile, createQueueTable } from '../peers.ts';
import { type Bench, type Row, sizeText } from '../row.ts';
import { sideBySide, type Times } from '../side-by-side.ts';
import { median, p99 } from '../statistics.ts';

/** Far more than a till has waiting, and what a store without a database still bears. */
const JSON_ENTRIES = 1_000;

const figure = (name: string, { ours, against }: Times, of: typeof median) => ({
  ...({ name, unit: 'ms', ours: of(ours), against: of(against) } as const),
});

/** What most confirms write to the database's log. */
function bytesOf(session: OpenedSession, press: () => string): number {
  const { db } = session.kernel;
  const sizes = Array.from({ length: 15 }, () => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    const pressed = press();
    const { size } = statSync(`${db.name}-wal`);
    confirm(session, pressed);
    return size;
  });
  return median(sizes);
}

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
  const bytes = bytesOf(session, press);
  const appender = createAppender(folder, bytes);
  const rounds = bench.quick ? 60 : 300;
  const name = `confirm to committed, ${sizeText(entries)}`;
  const appended = await sideBySide(rounds, ours, appender.write, { between, warmUp: 20 });
  const append = `append and sync of ${Math.round(bytes / 1_000)} KB`;
  const figures: Figure[] = [
    { ...figure(`${name}, p50`, appended, median), beside: append, goal: atMost(1.6), bound: atMost(12) },
    {
      ...{
        name: `what a confirm writes, ${sizeText(entries)}`,
        unit: 'KB',
        ours: bytes / 1_000,
        against: 24,
      },
      ...{ beside: 'limit', goal: atMost(1), bound: null },
    },
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

/** The same over a large till and a small one. */
async function overLarge(bench: Bench, entries: number): Promise<Figure> {
  const tills = await Promise.all(
    [entries, bench.base].map(async (size) => {
      const session = await openTill(await bench.filled(size), realClock);
      fillDirectory(session);
      return { session, press: createCashier(session), pressed: '' };
    }),
  );
  const works = tills.map((till) => () => {
    till.pressed = till.press();
  });
  const between = () => {
    for (const { session, pressed } of tills) confirm(session, pressed);
  };
  const [large = between, small = between] = works;
  const times = await sideBySide(bench.quick ? 60 : 300, large, small, { between, warmUp: 20 });
  for (const { session } of tills) await session.close(0);
  return {
    ...figure(`confirm to committed, ${sizeText(entries)}, p50`, times, median),
    ...{ beside: `the same over ${sizeText(bench.base)}`, goal: atMost(1.15), bound: atMost(6) },
  };
}

/** From the press on Confirm, in main, to an entry that is on the disk. */
export const confirmRow: Row = {
  name: 'confirm',
  measure: async (bench) => {
    const figures: Figure[] = [];
    for (const entries of [bench.base, ...bench.sizes]) figures.push(...(await beside(bench, entries)));
    for (const entries of bench.sizes) figures.push(await overLarge(bench, entries));
    return figures;
  },
};
