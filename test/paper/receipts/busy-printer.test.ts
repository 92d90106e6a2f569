import { expect, it } from 'vitest';
import { createRunInTransaction } from '../../../main/kernel/database/run-in-transaction.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { readAddress } from '../../../main/paper/receipts/address.ts';
import { printOverNetwork } from '../../../main/paper/receipts/network-printer.ts';
import { createPapers } from '../../../main/paper/receipts/papers.ts';
import { FRESH_MS } from '../../../main/paper/receipts/print-queue.ts';
import { createPrintService } from '../../../main/paper/receipts/print-service.ts';
import type { Receipt } from '../../../main/paper/receipts/receipt.ts';
import { ok } from '../../../preload/contract/index.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { silentLogger } from '../../kit/till.ts';
import { type FakePrinter, startFakePrinter } from './fake-printer.ts';

const HOUR_MS = 3_600_000;
/** How long it is waited for that a printer says how it is. */
const STATUS_MS = 3_000;

/** The queue over a real connection, and a clock in the test's hand. */
function openQueue(printer: FakePrinter) {
  const clock = createTestClock();
  const { db } = openOutbox();
  const settings = createSettings(db);
  const address = readAddress(printer.address);
  if (address === null) throw new Error('no address');
  const logged: unknown[] = [];
  const logger = { ...silentLogger, warn: (...line: readonly unknown[]) => void logged.push(line) };
  const print = createPrintService({
    ...{ clock, settings, random: realRandom, logger, papers: createPapers(settings, null) },
    runInTransaction: createRunInTransaction(db),
    changed: () => undefined,
    jobs: {
      print: (_, how) =>
        printOverNetwork({ ...how, address, bytes: Buffer.from('Top-up'), feedback: 'done' }, clock),
      kick: async () => ok({}),
    },
    printable: () => ({
      sequence: 1,
      isOnItsWay: false,
      isOpen: false,
      isGivenBack: false,
      receipt: () => ({}) as Receipt,
    }),
  });
  print.start();
  return { clock, print, logged };
}

it('a printer that is busy for an hour is asked for a minute, and then a person is, once', async () => {
  const printer = await startFakePrinter();
  printer.mood = 'mute';
  const { clock, print, logged } = openQueue(printer);
  const states = () => print.queue().jobs.map(({ state, problem }) => [state, problem?.code]);
  const beganMs = clock.monotonicMs();
  print.add('first', false);
  // Nothing is held up: what is entered meanwhile joins the queue at once.
  print.add('second', false);
  while (clock.monotonicMs() - beganMs <= FRESH_MS) {
    const { connections } = printer;
    const before = connections();
    await printer.until(() => connections() > 0);
    // It has taken the connection, and says nothing; then the queue waits before it asks anew.
    await expect.poll(() => clock.waiting().some((leftMs) => leftMs <= STATUS_MS)).toBe(true);
    clock.runNext();
    if (states().every(([state]) => state === 'failed')) break;
    await expect.poll(() => connections() > before || clock.waiting().length > 0).toBe(true);
  }
  await expect.poll(states).toEqual([
    ['failed', 'printer-busy'],
    ['failed', 'receipt-too-late'],
  ]);
  const asked = printer.connections();
  clock.advance(HOUR_MS);
  expect(printer.connections()).toBe(asked);
  expect(printer.papers).toEqual([]);
  expect(print.queue().jobs).toHaveLength(2);
  // Once for all the tries, and nothing of the entry or the network.
  expect(logged).toEqual([['receipts.no-paper', { code: 'printer-busy' }]]);

  printer.mood = 'ready';
  print.answer(
    print.queue().jobs.map(({ id }) => id),
    'print',
  );
  await printer.until(() => printer.papers.length === 2);
  await expect.poll(() => states().map(([state]) => state)).toEqual(['printed', 'printed']);
  await print.stop(0);
});

it('prints nothing of an entry that is cancelled while the printer is asked', async () => {
  const { db } = openOutbox();
  const settings = createSettings(db);
  const papers = createPapers(settings, null);
  let isGivenBack = false;
  const print = createPrintService({
    ...{ clock: createTestClock(), settings, random: realRandom, logger: silentLogger, papers },
    ...{ runInTransaction: createRunInTransaction(db), changed: () => undefined },
    jobs: {
      print: async (_, how) => {
        isGivenBack = true;
        how.begin();
        return { kind: 'printed' };
      },
      kick: async () => ok({}),
    },
    printable: () => ({
      ...{ sequence: 1, isOnItsWay: false, isOpen: !isGivenBack, isGivenBack },
      receipt: () => ({}) as Receipt,
    }),
  });
  print.start();
  print.add('first', false);
  await expect
    .poll(() => print.queue().jobs[0])
    .toMatchObject({
      ...{ state: 'failed', problem: { code: 'entry-changed' } },
    });
  expect(papers.of(1)).toBe(0);
});
