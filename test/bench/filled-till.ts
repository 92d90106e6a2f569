// A data folder of any size, written by the outbox's own code: a practice till that has confirmed so many top-ups.
//
//   node test/bench/filled-till.ts FOLDER 300000
import { join, resolve } from 'node:path';
import { type OpenedSession, openPracticeSession } from '../../main/compose.ts';
import { createMemoryVault } from '../../main/credentials/vault.ts';
import type { Logger } from '../../main/ports.ts';
import type { Changed } from '../../main/room.ts';
import { amount } from '../../preload/contract/index.ts';
import { createTestClock, type TestClock } from '../kit/clock.ts';
import { realRandom } from '../kit/practice-store.ts';

const DAY_MS = 86_400_000;
const A_DAY = 400;
const MEMBERS = 5_000;
/** The last day's entries are made on it. */
const LAST_DAY_MS = Date.parse('2026-11-24T01:00:00Z');

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: console.error };

export interface FilledTill {
  readonly session: OpenedSession;
  readonly clock: TestClock;
  /** A second later: one more entry, which waits. */
  add(): string;
  /** Sent, and confirmed by KYBIO's reply. */
  confirm(id: string): void;
}

function add({ outbox, config, core }: OpenedSession, index: number): string {
  const signer = core.signer();
  if (signer === null) throw new Error('no key');
  const member = index % MEMBERS;
  const added = outbox.add(
    {
      requestId: realRandom.uuid(),
      kind: 'top-up',
      customerUid: String(231_607_639_459_718_000n + BigInt(member)),
      customerNumber: String(8_008_010_000 + member),
      customerName: `Member ${member}`,
      balanceIncrement: amount('10'),
      pointIncrement: amount('5'),
      actor: config.tillName,
      note: '',
      corrects: null,
    },
    signer.sign,
  );
  if (!added.ok) throw new Error(added.error.code);
  return added.value.id;
}

function confirm({ outbox, transitions }: OpenedSession, id: string): void {
  const waiting = outbox.byId(id);
  const begun = waiting === null ? null : transitions.beginAttempt(waiting, null, true);
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
        customerUid: begun.increment.customerUid,
        ...{ balanceBeforeUpdate: zero, balanceAfterUpdate: ten },
        ...{ pointBeforeUpdate: zero, pointAfterUpdate: five },
        ...{ dataChangeTime: null, updateCustomerTime: null },
      },
    },
    notBeforeMs: 0,
    duplicateMeansApplied: false,
  });
}

/** Entries of the same number a day, up to the last day. A day is one commit: nothing waits for a disk in between. */
export async function openFilledTill(
  folder: string,
  entries: number,
  changed: Changed = () => undefined,
): Promise<FilledTill> {
  const days = Math.ceil(entries / A_DAY);
  const clock = createTestClock(LAST_DAY_MS - (days - 1) * DAY_MS);
  const opened = await openPracticeSession(
    {
      ...{ folder, clock, random: realRandom, logger: silent, headCopyFolder: join(folder, 'copy') },
      vault: createMemoryVault(null, realRandom),
      changed,
    },
    'Asia/Singapore',
  );
  if (!opened.ok) throw new Error(opened.error.code);
  const session = opened.value;
  let made = 0;
  const till: FilledTill = {
    ...{ session, clock },
    add: () => {
      clock.pass(1_000);
      made += 1;
      return add(session, made);
    },
    confirm: (id) => confirm(session, id),
  };
  const fillDay = () => {
    const upTo = Math.min(made + A_DAY, entries);
    while (made < upTo) till.confirm(till.add());
  };
  while (made < entries) {
    if (made > 0) clock.pass(DAY_MS - A_DAY * 1_000);
    session.core.together(fillDay);
  }
  return till;
}

if (import.meta.main) {
  const [folder, entries] = process.argv.slice(2);
  if (folder === undefined || !(Number(entries) >= 0)) throw new Error('say a folder and how many entries');
  const { session } = await openFilledTill(resolve(folder), Number(entries));
  await session.close(0);
}
