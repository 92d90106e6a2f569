// A queue that waits, sent to the end: by a till as it is, and by as little as does the same durable work.
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { Agent, request } from 'undici';
import { createPusher } from '../../main/app/ipc/pusher.ts';
import { configureLive } from '../../main/app/live-account.ts';
import { createFileLogger } from '../../main/app/log/logger.ts';
import { type OpenedSession, openLiveSession } from '../../main/app/open-session.ts';
import { createScreen, type Screen } from '../../main/app/screen.ts';
import { HOST_PROFILE_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import type { Clock } from '../../main/kernel/ports.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { addEntry, silent } from './filled-till.ts';
import { createQueueTable } from './peers.ts';
import type { Bench } from './row.ts';

const secrets = {
  appKey: 'BENCH'.repeat(6),
  journalKey: Buffer.alloc(32, 9),
  pinPepper: Buffer.alloc(32, 7),
};

export interface BenchHost {
  readonly baseUrl: string;
  close(): Promise<void>;
}

export async function startHost(delayMs: number): Promise<BenchHost> {
  const worker = new Worker(new URL('./host-worker.ts', import.meta.url), { workerData: { delayMs } });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return {
    baseUrl: `http://127.0.0.1:${port}/pospal-api2`,
    close: async () => void (await worker.terminate()),
  };
}

export interface Drained {
  /** Entries a second. */
  readonly rate: number;
  /** The longest time for which the main thread did nothing else, in milliseconds. */
  readonly longestMs: number;
}

/** The times between which nothing else runs. */
async function watched(sent: number, work: () => Promise<void>): Promise<Drained> {
  const blocks = monitorEventLoopDelay({ resolution: 1 });
  blocks.enable();
  const beganMs = performance.now();
  await work();
  const tookMs = performance.now() - beganMs;
  blocks.disable();
  return { rate: (sent * 1_000) / tookMs, longestMs: blocks.max / 1e6 };
}

/** Entries are made a minute ago: what is younger takes a connection of its own. */
const AGO_MS = 60_000;

async function openWaiting(folder: string, baseUrl: string, waiting: number) {
  const problem = configureLive(
    folder,
    {
      ...{ host: baseUrl, appId: 'BENCH', tillName: 'Counter 1', storeTimeZone: 'Asia/Singapore' },
      ...{ currency: 'SGD', language: 'en', tillNumber: 1, tillCount: 1 },
    },
    secrets.journalKey,
  );
  if (problem !== null) throw new Error(problem.code);
  let agoMs = AGO_MS;
  const clock: Clock = { ...realClock, nowMs: () => Date.now() - agoMs };
  let screen: Screen | null = null;
  const logger = createFileLogger({ folder: join(folder, 'logs') });
  const opened = await openLiveSession({
    ...{ folder, clock, random: realRandom, logger, headCopyFolder: join(folder, 'copy') },
    vault: createMemoryVault(secrets, realRandom),
    changed: (...topics) => screen?.changed(...topics),
  });
  if (!opened.ok || opened.value === null) throw new Error('the till does not open');
  const session: OpenedSession = opened.value;
  const page = { isDestroyed: () => false, send: () => undefined };
  screen = createScreen({
    ...{ clock, logger: silent, session: () => session },
    onChanges: createPusher({ contents: () => page, logger: silent }),
  });
  screen.snapshot();
  // A host that was seen to refuse duplicates: then no reading goes before a send, and each entry is one call.
  const duplicates = { greatestAgeMs: 30 * 86_400_000 };
  session.kernel.settings.set(HOST_PROFILE_KEY, JSON.stringify({ ...unknownHost, duplicates }));
  session.kernel.runInTransaction(() => {
    for (let index = 0; index < waiting; index += 1) addEntry(session, index);
  });
  agoMs = 0;
  return { session, stop: () => screen?.stop(), closeLog: logger.close };
}

/** So many of those that wait are sent and confirmed by the till as it is, with a screen that is told. */
export async function drainOurs(
  bench: Bench,
  host: BenchHost,
  { waiting, sent }: { readonly waiting: number; readonly sent: number },
): Promise<Drained> {
  const folder = bench.scratch();
  const { session, stop, closeLog } = await openWaiting(folder, host.baseUrl, waiting);
  const drained = await watched(
    sent,
    () =>
      new Promise<void>((resolve) => {
        let ended = 0;
        session.ledger.feed?.subscribe((rows) => {
          ended += rows.filter(({ event }) => event === 'ended').length;
          if (ended >= sent) resolve();
        });
        session.start();
      }),
  );
  stop();
  await session.close(1_000);
  closeLog();
  bench.verifyLive(folder, secrets);
  return drained;
}

/**
 * As little as does the same durable work: a row is committed as sent, the journal's head is written outside the
 * database, the bytes go out, and the row is committed as done; one after the other, each on a new connection.
 */
export async function drainBare(bench: Bench, host: BenchHost, sent: number): Promise<Drained> {
  const folder = bench.scratch();
  const table = createQueueTable(folder);
  for (let index = 0; index < sent; index += 1) table.write();
  const head = Buffer.alloc(180, 'h');
  const writeHead = (place: number) => {
    const file = openSync(join(folder, `head-${place}`), 'w');
    writeFileSync(file, head);
    fsyncSync(file);
    closeSync(file);
  };
  const drained = await watched(sent, async () => {
    const dispatcher = new Agent({ pipelining: 0 });
    for (let index = 1; index <= sent; index += 1) {
      table.done(index);
      writeHead(index % 2);
      const response = await request(
        `${host.baseUrl}/openapi/v1/customerOpenApi/updateBalancePointByIncrement`,
        {
          method: 'POST',
          headers: { 'Content-Type': 'application/json; charset=utf-8', 'Data-signature': 'F'.repeat(32) },
          body: `{"appId":"BENCH","customerUid":${231_607_639_459_718_000n + BigInt(index)},"balanceIncrement":10,"pointIncrement":5,"dataChangeTime":"2026-11-24 09:00:00"}`,
          dispatcher,
        },
      );
      const reply = (await response.body.json()) as { readonly status: string };
      if (reply.status !== 'success') throw new Error('the host refuses');
      table.done(index);
    }
    await dispatcher.close();
  });
  table.close();
  return drained;
}
