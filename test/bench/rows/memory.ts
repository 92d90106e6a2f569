import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { realClock } from '../../kit/practice-store.ts';
import { createCashier, fillDirectory } from '../cashier.ts';
import { atMost } from '../figure.ts';
import { confirm, openTill } from '../filled-till.ts';
import type { Row } from '../row.ts';

const MEGABYTE = 1_048_576;

function createCollector(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / MEGABYTE;
  };
}

/** What a till that runs for weeks keeps of what it did. */
export const memoryRow: Row = {
  name: 'memory',
  measure: async (bench) => {
    const [rounds, entries] = bench.quick ? [3, 500] : [10, 10_000];
    const used = createCollector();
    const session = await openTill(bench.scratch(), realClock);
    fillDirectory(session);
    const press = createCashier(session);
    const after: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (let made = 0; made < entries; made += 100) {
        // A hundred share a commit: a disk is not what is measured. In between the journal's readers hear of it.
        session.kernel.runInTransaction(() => {
          for (let index = 0; index < 100; index += 1) confirm(session, press());
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
      after.push(used());
    }
    await session.close(0);
    const [first = 0, last = 0] = [after[0], after.at(-1)];
    return [
      {
        ...{ name: `memory after ${rounds} rounds of ${entries} entries`, unit: 'MB' },
        ...{ ours: last, against: first, beside: 'after the first', goal: atMost(1.02), bound: atMost(1.5) },
      },
    ];
  },
};
