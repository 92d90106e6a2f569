import { noTerms } from '../../../main/ledger/tables/fact-columns.ts';
import {
  amount,
  type Entry,
  type EntrySums,
  type MemberCard,
  type ShownCase,
  type ShownEvidence,
  type ShownReading,
  type Snapshot,
} from '../../../preload/contract/index.ts';
import type { TopUpRules } from '../../../renderer/counter/counter/top-up.ts';
import { noShift } from './shift-samples.ts';

const marks = { groupSeparator: ',', decimalSeparator: '.' };

export const rules: TopUpRules = {
  amount: { ...marks, decimals: 2, cap: amount('500.00') },
  points: { ...marks, decimals: 0, cap: amount('10000') },
  given: { ...marks, decimals: 2, cap: amount('5000') },
  tenders: [],
};

export const noEntries: EntrySums = {
  entries: 0,
  balance: amount('0'),
  bonus: amount('0'),
  point: amount('0'),
};

export const memberOf = (changes: Partial<MemberCard> = {}): MemberCard => ({
  customerUid: '231607639459718452',
  number: '8008010001',
  name: 'Tan Mei Ling',
  categoryName: 'Gold',
  maskedPhone: '•••• 5640',
  balance: amount('120.00'),
  point: amount('340'),
  status: 'active',
  expiryDate: null,
  asOfMs: 0,
  source: 'kybio',
  waiting: noEntries,
  checking: noEntries,
  review: noEntries,
  refused: noEntries,
  recent: [],
  ...changes,
});

export const entryOf = (changes: Partial<Entry> = {}): Entry => ({
  id: 'e1',
  reference: '0031',
  createdAtMs: 0,
  storeTime: '14:02',
  kind: 'top-up',
  customerUid: '231607639459718452',
  memberNumber: '8008010001',
  memberName: 'Tan Mei Ling',
  balanceIncrement: amount('50.00'),
  pointIncrement: amount('50'),
  actor: 'Counter 1',
  note: '',
  terms: noTerms,
  state: 'queued',
  cause: null,
  messages: [],
  balanceBefore: null,
  balanceAfter: null,
  pointBefore: null,
  pointAfter: null,
  attempts: 0,
  canCancel: true,
  canReverse: false,
  correctsReference: null,
  takenBack: null,
  takenBackInPart: null,
  decision: null,
  behind: null,
  needsAcknowledgement: false,
  enteredAgain: null,
  ...changes,
});

export const noCounts: Snapshot['counts'] = {
  queued: 0,
  sending: 0,
  confirmed: 0,
  rejected: 0,
  unknown: 0,
  review: 0,
  cancelled: 0,
};

export const snapshotOf = (changes: Partial<Snapshot> = {}): Snapshot => ({
  revision: 1,
  mode: 'live',
  problem: null,
  till: null,
  link: {
    state: 'online',
    pause: null,
    retryAtMs: null,
    heldBackUntilMs: null,
    clockSkewMs: null,
  },
  counts: noCounts,
  waiting: noEntries,
  today: {
    storeDay: '2026-11-24',
    businessDay: '2026-11-24',
    done: noEntries,
    takenUp: noEntries,
    waiting: noEntries,
    checking: noEntries,
    review: noEntries,
    refused: noEntries,
  },
  refusals: 0,
  budget: { used: 0, limit: 300, left: 300, kept: 100, lookUpsLeft: 200 },
  directory: { members: 0, complete: false, updatedAtMs: null },
  practice: null,
  managerUnlockedUntilMs: null,
  managerPinSet: false,
  journalProblem: null,
  firstDay: null,
  offline: { sinceMs: null, stopped: false },
  checkUp: null,
  disk: 'enough',
  damage: null,
  backupProblem: null,
  backupPercent: null,
  exportPercent: null,
  dataPlace: null,
  rules: {
    version: 0,
    givesAnything: false,
    asksPurchase: false,
    reasons: [],
  },
  people: null,
  receipts: { printer: 'none', after: 'never', waiting: 0, unsettled: 0, problem: null, changes: 0 },
  matching: null,
  chain: null,
  restored: null,
  shift: noShift,
  update: { state: 'off', program: '', version: null, megabytes: 0, percent: 0, problem: null, whyNot: [] },
  closing: 0,
  activity: [],
  ...changes,
});

export const evidenceOf = (changes: Partial<ShownEvidence> = {}): ShownEvidence => ({
  gatheredAtMs: 300_000,
  suggestion: 'applied',
  double: false,
  reasons: ['exact-movement'],
  reading: { balance: amount('170.00'), point: amount('390') },
  moved: { balance: amount('50.00'), point: amount('50') },
  rows: [],
  ...changes,
});

export const readingOf = (changes: Partial<ShownReading> = {}): ShownReading => ({
  ...{ readingId: 'reading', atMs: 300_000, why: null },
  sums: { balance: amount('170.00'), point: amount('390') },
  ...changes,
});

export const caseOf = (changes: Partial<ShownCase> = {}): ShownCase => ({
  entry: entryOf({ state: 'review', cause: 'evidence-unclear' }),
  version: 4,
  attempts: [{ number: 1, startedAtMs: 1_000, sent: true, cause: 'reply-lost' }],
  before: { balance: amount('120.00'), point: amount('340'), atMs: 0 },
  evidence: evidenceOf(),
  paper: null,
  cardOf: null,
  reading: readingOf(),
  speaksForArrival: true,
  sendable: true,
  ...changes,
});
