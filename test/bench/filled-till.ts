// A data folder of any size, written by the outbox's own code: a practice till that has confirmed so many top-ups.
//
//   node test/bench/filled-till.ts FOLDER 1000000 4     in at most four minutes; the same again goes on

import { join, resolve } from 'node:path';
import { type OpenedSession, openPracticeSession } from '../../main/app/open-session.ts';
import type { Clock, Logger } from '../../main/kernel/ports.ts';
import type { Changed } from '../../main/kernel/room.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { amount } from '../../preload/contract/index.ts';
import { createTestClock, type TestClock } from '../kit/clock.ts';
import { realRandom } from '../kit/practice-store.ts';

/** One more whenever a folder is filled otherwise. */
export const FILLING = 4;

const DAY_MS = 86_400_000;
const A_DAY = 400;
export const MEMBERS = 5_000;
/** The last day's entries are made on it. */
const LAST_DAY_MS = Date.parse('2026-11-24T01:00:00Z');
/** On that day, after the last entry. */
export const endOfFilling = LAST_DAY_MS + 3_600_000;

/** The members take turns. */
export const memberAt = (index: number) => ({
  customerUid: String(231_607_639_459_718_000n + BigInt(index)),
  number: String(8_008_010_000 + index),
  name: `Member ${index}`,
});

export const silent: Logger = { info: () => undefined, warn: () => undefined, error: console.error };

export interface FilledTill {
  readonly session: OpenedSession;
  readonly clock: TestClock;
  /** How many entries there are. */
  made(): number;
  /** A second later: one more entry, which waits. */
  add(): string;
  /** Sent, and confirmed by KYBIO's reply. */
  confirm(id: string): void;
}

/** One more entry, which waits; the members take turns by `index`. */
export function addEntry({ ledger: { outbox }, config, hosts }: OpenedSession, index: number): string {
  const signer = hosts.account.signer();
  if (signer === null) throw new Error('no key');
  const member = memberAt(index % MEMBERS);
  const added = outbox.add(
    {
      requestId: realRandom.uuid(),
      kind: 'top-up',
      customerUid: member.customerUid,
      customerNumber: member.number,
      customerName: member.name,
      balanceIncrement: amount('10'),
      pointIncrement: amount('5'),
      actor: config.tillName,
      personId: null,
      note: '',
      corrects: null,
      terms: noTerms,
    },
    signer.sign,
  );
  if (!added.ok) throw new Error(added.error.code);
  return added.value.id;
}

/** As the loop does it, with an answer that nobody gave. */
export function confirm({ ledger: { outbox, transitions } }: OpenedSession, id: string): void {
  const waiting = outbox.byId(id);
  const begun = waiting === null ? null : transitions.beginAttempt(waiting, null);
  if (begun === null) throw new Error('not begun');
  const [zero, ten, five] = [amount('0'), amount('10'), amount('5')];
  transitions.endAttempt(begun, {
    exchange: {
      ...{ phase: 'answered', startedAtMs: 0, endedAtMs: 1 },
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
  });
}

/** Opens the practice till of a folder, whoever has filled it. */
export async function openTill(
  folder: string,
  clock: Clock,
  changed: Changed = () => undefined,
): Promise<OpenedSession> {
  const opened = await openPracticeSession(
    {
      ...{ folder, clock, random: realRandom, logger: silent, headCopyFolder: join(folder, 'copy') },
      vault: createMemoryVault(null, realRandom),
      changed,
    },
    'Asia/Singapore',
  );
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** By how much the clock has passed when so many entries are made, one a second each day. */
const passedMs = (entries: number): number =>
  entries === 0 ? 0 : Math.floor((entries - 1) / A_DAY) * DAY_MS + (((entries - 1) % A_DAY) + 1) * 1_000;

/**
 * Entries of the same number a day, up to the last day. A day is one commit: nothing waits for a disk in between. What
 * was begun and cut off is gone on with. `goesOn` is asked before each day, and false leaves the rest for later.
 */
export async function openFilledTill(
  folder: string,
  entries: number,
  { changed, goesOn = () => true }: { readonly changed?: Changed; readonly goesOn?: () => boolean } = {},
): Promise<FilledTill> {
  const clock = createTestClock(LAST_DAY_MS - Math.floor(passedMs(entries) / DAY_MS) * DAY_MS);
  const session = await openTill(folder, clock, changed);
  let made = Object.values(session.ledger.outbox.counts()).reduce((sum, count) => sum + count);
  clock.pass(passedMs(made));
  const till: FilledTill = {
    ...{ session, clock },
    made: () => made,
    add: () => {
      clock.pass(1_000);
      made += 1;
      return addEntry(session, made);
    },
    confirm: (id) => confirm(session, id),
  };
  const fillDay = () => {
    if (made > 0 && made % A_DAY === 0) clock.pass(DAY_MS - A_DAY * 1_000);
    const upTo = Math.min(made + A_DAY - (made % A_DAY), entries);
    while (made < upTo) till.confirm(till.add());
  };
  while (made < entries && goesOn()) session.kernel.runInTransaction(fillDay);
  return till;
}

if (import.meta.main) {
  const [folder, entries, minutes = '60'] = process.argv.slice(2);
  if (folder === undefined || !(Number(entries) >= 0)) throw new Error('say a folder and how many entries');
  const endMs = performance.now() + Number(minutes) * 60_000;
  const goesOn = () => performance.now() < endMs;
  const { session, made } = await openFilledTill(resolve(folder), Number(entries), { goesOn });
  await session.close(0);
  console.log(`${made()} entries`);
}
