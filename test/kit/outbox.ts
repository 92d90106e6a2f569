import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { signerOf } from '../../main/hosts/kybio/kybio.ts';
import type { Exchange, Outcome, Phase } from '../../main/hosts/port/member-host.ts';
import { type Db, openDatabase } from '../../main/kernel/database/open.ts';
import { type Acknowledge, createAcknowledge } from '../../main/ledger/acknowledge.ts';
import {
  createJournalRepository,
  type JournalRepository,
} from '../../main/ledger/journal/journal-repository.ts';
import { createOutboxRepository, type OutboxRepository } from '../../main/ledger/outbox-repository.ts';
import { createRecorder, type Recorder } from '../../main/ledger/recorder.ts';
import { createTally } from '../../main/ledger/shown/tally.ts';
import { createTenderChanges, type TenderChanges } from '../../main/ledger/shown/tender-changes.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import type { TransitionsRepository } from '../../main/ledger/transitions.ts';
import { createTransitionsRepository } from '../../main/ledger/transitions-repository.ts';
import type {
  AttemptEnd,
  BegunAttempt,
  Increment,
  IncrementDraft,
  OutboxIdentity,
} from '../../main/ledger/types.ts';
import { amount, type EntryState } from '../../preload/contract/index.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { realRandom } from './practice-store.ts';
import { temporaryFolder } from './till.ts';

export const identity: OutboxIdentity = {
  till: 'Counter 1',
  accountHost: 'https://kybio.example',
  accountAppId: 'APP',
  storeTimeZone: 'Asia/Singapore',
  tillNumber: 1,
  tillCount: 1,
};

export const signer = signerOf('KEY-ONE');

export const journalKey = Buffer.alloc(32, 9);

export const draft = (change: Partial<Record<keyof IncrementDraft, string | null>> = {}): IncrementDraft =>
  ({
    requestId: realRandom.uuid(),
    kind: 'top-up',
    customerUid: '231607639459718452',
    customerNumber: '8008010001',
    customerName: 'Tan Mei Ling',
    balanceIncrement: '10',
    pointIncrement: '0',
    actor: 'Counter 1',
    personId: null,
    note: '',
    corrects: null,
    terms: noTerms,
    ...change,
  }) as IncrementDraft;

export const exchange = (phase: Phase): Exchange => ({
  phase,
  startedAtMs: 0,
  endedAtMs: 1,
  failure: null,
  response: null,
});

const sums = {
  customerUid: '231607639459718452',
  balanceBeforeUpdate: amount('120.00'),
  balanceAfterUpdate: amount('130.00'),
  pointBeforeUpdate: amount('340'),
  pointAfterUpdate: amount('340'),
  dataChangeTime: null,
  updateCustomerTime: null,
};

/** Ends of attempts, by what became of them. */
export const ends = {
  applied: { kind: 'applied', reply: sums },
  rejected: {
    kind: 'rejected',
    cause: 'refused-by-kybio',
    messages: ['Customer is disabled'],
    errorCode: '1',
  },
  refused: {
    kind: 'not-applied',
    cause: 'credentials',
    sent: true,
    pause: 'credentials',
    messages: [],
  },
  notSent: { kind: 'not-applied', cause: 'dns', sent: false, pause: null, messages: [] },
  unknown: { kind: 'unknown', cause: 'reply-lost', pause: null, messages: [], reply: null },
} as const satisfies Record<string, Outcome>;

const phases: Record<keyof typeof ends, Phase> = {
  applied: 'answered',
  rejected: 'answered',
  refused: 'answered',
  notSent: 'connecting',
  unknown: 'sent',
};

export const endOf = (name: keyof typeof ends): AttemptEnd => ({
  exchange: exchange(phases[name]),
  outcome: ends[name],
});

export interface Outbox {
  readonly db: Db;
  readonly file: string;
  readonly clock: TestClock;
  readonly journal: JournalRepository;
  readonly recorder: Recorder;
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly acknowledge: Acknowledge;
  readonly tenderChanges: TenderChanges;
  add(change?: Parameters<typeof draft>[0]): Increment;
  begin(id: string): BegunAttempt;
  /** One attempt from begin to end. */
  attempt(id: string, end: keyof typeof ends): Increment;
  /** Past every guard: what only evidence, a manager or a damaged disk does. */
  force(id: string, state: EntryState): void;
}

export function openOutbox(
  options: { file?: string; identity?: Partial<OutboxIdentity>; clock?: TestClock } = {},
): Outbox {
  const file = options.file ?? join(temporaryFolder(), 'counterfoil.db');
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  onTestFinished(() => void db.close());
  const clock = options.clock ?? createTestClock();
  const journal = createJournalRepository(db, journalKey, clock);
  const recorder = createRecorder(db, journal, realRandom);
  const outbox = createOutboxRepository(
    db,
    { ...identity, ...options.identity },
    clock,
    realRandom,
    recorder,
  );
  const transitions = createTransitionsRepository(db, outbox, clock, recorder);
  const acknowledge = createAcknowledge(db, clock, recorder);
  const tenderChanges = createTenderChanges({ db, clock, recorder });
  const begin = (id: string): BegunAttempt => {
    const candidate = outbox.candidates().find((one) => one.id === id);
    const begun = candidate === undefined ? null : transitions.beginAttempt(candidate, null);
    if (begun === null) throw new Error('not begun');
    return begun;
  };
  return {
    ...{ db, file, clock, journal, recorder, outbox, transitions, acknowledge, tenderChanges, begin },
    add: (change) => {
      const added = outbox.add(draft(change), signer.sign);
      if (!added.ok) throw new Error(added.error.code);
      return added.value;
    },
    attempt: (id, end) => transitions.endAttempt(begin(id), endOf(end)),
    force: (id, state) => {
      db.prepare('UPDATE increment SET state = ?, version = version + 1 WHERE id = ?').run(state, id);
      createTally(db).make();
    },
  };
}
