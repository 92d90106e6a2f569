// What one change of what the screens show takes of the main thread, over an outbox of some size.
//
//   node test/bench/screen-change.ts 20000 300000
//
// Each entry is added, sent and confirmed by the outbox's own code, 400 a day; today's are in the list. Then entries
// are added one by one, and what follows each is timed: reading what is shown, finding what changed, and holding it
// against the contract. Filled in memory (/dev/shm), since waiting for a disk is not what is measured.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenedSession, openPracticeSession } from '../../main/compose.ts';
import { createPusher } from '../../main/ipc/pusher.ts';
import { signerOf } from '../../main/kybio/kybio.ts';
import type { Clock } from '../../main/ports.ts';
import { createScreen } from '../../main/till/screen.ts';
import { amount } from '../../preload/contract/index.ts';
import { realRandom } from '../kit/practice-store.ts';

const DAY_MS = 86_400_000;
const A_DAY = 400;
const MEASURED = 200;

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };

function createBenchClock() {
  let nowMs = Date.parse('2026-11-24T01:00:00Z');
  let due: (() => void)[] = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    schedule: (_, action) => {
      due.push(action);
      return () => {
        due = due.filter((one) => one !== action);
      };
    },
  };
  return {
    clock,
    pass: (byMs: number) => {
      nowMs += byMs;
    },
    /** What was scheduled is done now. */
    run: () => {
      for (const action of due.splice(0)) action();
    },
    forget: () => {
      due = [];
    },
  };
}

const signer = signerOf('KEY');

function add({ outbox, config }: OpenedSession, index: number): string {
  const member = index % 5_000;
  const added = outbox.add(
    {
      requestId: realRandom.uuid(),
      kind: 'top-up',
      customerUid: String(231_607_639_459_718_000n + BigInt(member)),
      customerNumber: String(8_008_010_000 + member),
      customerName: `Member ${member}`,
      balanceIncrement: amount('10'),
      pointIncrement: amount('5'),
      cashier: config.tillName,
      note: '',
      corrects: null,
    },
    signer.sign,
  );
  if (!added.ok) throw new Error(added.error.code);
  return added.value.id;
}

function confirm({ outbox, transitions }: OpenedSession, id: string): void {
  const candidate = outbox.candidates().find((one) => one.id === id);
  const begun = candidate === undefined ? null : transitions.beginAttempt(candidate, null, true);
  if (begun === null) throw new Error('not begun');
  const [zero, ten, five] = [amount('0'), amount('10'), amount('5')];
  transitions.endAttempt(begun, {
    exchange: {
      ...{ phase: 'answered', reusedSocket: false, startedAtMs: 0, endedAtMs: 1 },
      ...{ failure: null, response: null },
    },
    outcome: {
      kind: 'applied',
      reply: {
        customerUid: outbox.byId(id)?.customerUid ?? '',
        ...{ balanceBeforeUpdate: zero, balanceAfterUpdate: ten },
        ...{ pointBeforeUpdate: zero, pointAfterUpdate: five },
        ...{ dataChangeTime: null, updateCustomerTime: null },
      },
    },
    notBeforeMs: 0,
    duplicateMeansApplied: false,
  });
}

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function measure(entries: number): Promise<void> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'screen-change-'));
  const { clock, pass, run, forget } = createBenchClock();
  const world = {
    ...{ folder, clock, random: realRandom, logger: silent },
    ...{ headCopyFolder: join(folder, 'copy'), onChange: () => undefined },
  };
  const opened = await openPracticeSession(world as never, 'Asia/Singapore');
  if (!opened.ok) throw new Error(opened.error.code);
  const session = opened.value;
  const beganMs = performance.now();
  pass(-Math.ceil(entries / A_DAY) * DAY_MS);
  for (let index = 0; index < entries; index += 1) {
    if (index % A_DAY === 0) pass(DAY_MS - (index === 0 ? 0 : A_DAY * 1_000));
    pass(1_000);
    confirm(session, add(session, index));
  }
  const filledS = (performance.now() - beganMs) / 1_000;
  const page = { isDestroyed: () => false, send: (_: string, push: unknown) => (pushed = push) };
  let pushed: unknown = null;
  const screen = createScreen({
    ...{ clock, logger: silent, session: () => session },
    onChanges: createPusher({ contents: () => page, logger: silent }),
  });
  screen.snapshot();
  forget();
  const times: number[] = [];
  let cpuMs = 0;
  for (let index = 0; index < MEASURED; index += 1) {
    pass(1_000);
    const id = add(session, entries + index);
    if (index % 2 === 0) confirm(session, id);
    screen.changed();
    const before = process.threadCpuUsage();
    const startMs = performance.now();
    run();
    times.push(performance.now() - startMs);
    const { user, system } = process.threadCpuUsage(before);
    cpuMs += (user + system) / 1_000;
  }
  const bytes = JSON.stringify(pushed).length;
  const longest = Math.max(...times);
  console.log(
    `${entries} entries: a change takes ${middle(times).toFixed(2)} ms (median of ${MEASURED}; longest ${longest.toFixed(1)}; ${(cpuMs / MEASURED).toFixed(2)} ms of the main thread on average), pushes ${bytes} bytes; filled in ${filledS.toFixed(0)} s`,
  );
  await session.close(0);
  rmSync(folder, { recursive: true });
}

for (const size of process.argv.slice(2).map(Number)) await measure(size);
