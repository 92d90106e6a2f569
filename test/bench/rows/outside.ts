import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readBoundedZ } from '../../../main/day/reports/bounded-z.ts';
import { fitted } from '../../../main/day/shifts/fitted.ts';
import { printOverNetwork } from '../../../main/paper/receipts/network-printer.ts';
import { realClock } from '../../kit/practice-store.ts';
import { recordsWorker } from '../../kit/workers.ts';
import { entryOfZ, zFileOf, zReportOf, zShop } from '../../kit/z-reports.ts';
import { held, heldFigures } from '../held.ts';
import type { Row } from '../row.ts';

const desk = { ...zShop, currency: 'SGD', isPractice: false };

const DEPTH = 2_000_000;
const nested = `{"format":"counterfoil z report 1","host":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`;

const largest = (): string =>
  zFileOf(
    fitted(zReportOf(), {
      unsettled: Array.from({ length: 2_000 }, (_, at) =>
        entryOfZ(`e${at}`, { memberName: '陈'.repeat(200) }),
      ),
      late: [],
      takenUp: [],
      afterPaper: [],
    }),
  );

async function readAll(text: string, isTaken: boolean): Promise<void> {
  const read = await readBoundedZ(recordsWorker, text, desk);
  if (read.ok !== isTaken) throw new Error('a Z was read as another one');
}

/** Twenty tries of one paper, as a queue has them in a minute. */
async function tryToPrint(port: number): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const job = {
      ...{ address: { host: '127.0.0.1', port }, bytes: Buffer.from('Top-up') },
      ...({ feedback: 'done', isTest: false, begin: () => undefined } as const),
    };
    const end = await printOverNetwork(job, realClock);
    if (end.kind === 'printed') throw new Error('a flood was taken for a printer');
  }
}

/** What is written outside, by whoever likes: for how long that holds main's thread. */
export const outsideRow: Row = {
  name: 'outside',
  measure: async () => {
    const flood = new Worker(join(import.meta.dirname, '../flood-worker.ts'));
    try {
      const port = await new Promise<number>((resolve) => void flood.once('message', resolve));
      const honest = largest();
      return [
        ...heldFigures('a printer that never stops', '20 tries', await held(() => tryToPrint(port))),
        ...heldFigures('a nested Z', '4 MB', await held(() => readAll(nested, false))),
        ...heldFigures('the largest Z', '1.6 MB', await held(() => readAll(honest, true))),
      ];
    } finally {
      await flood.terminate();
    }
  },
};
