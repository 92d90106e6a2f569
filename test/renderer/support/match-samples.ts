import {
  amount,
  type MatchItem,
  type MatchPile,
  type MatchReason,
  type MatchSummary,
  type ShiftDay,
  type Topics,
} from '../../../preload/contract/index.ts';
import { entryOf } from './samples.ts';

const atMs = Date.parse('2026-11-26T14:10:00Z');

/** Every reason there is, by its pile. */
export const fullPiles = {
  matched: ['same-time', 'near-time'],
  'only-ours': [
    ...(['silent', 'silent-without-reply', 'after-the-log', 'after-asking'] as const),
    ...(['waiting', 'checking', 'review'] as const),
  ],
  'only-kybio': ['elsewhere', 'member-unknown'],
  unclear: [
    ...(['two-rows', 'two-candidates', 'rounded-id', 'time-differs', 'time-cut-off'] as const),
    ...(['hours-off', 'sum-differs', 'no-member', 'row-twice', 'time-unreadable'] as const),
    ...(['found-while-open', 'found-though-refused'] as const),
  ],
} as const satisfies Record<MatchPile, readonly MatchReason[]>;

const states: Readonly<Partial<Record<MatchReason, 'queued' | 'unknown' | 'review' | 'rejected'>>> = {
  waiting: 'queued',
  checking: 'unknown',
  review: 'review',
  'found-while-open': 'review',
  'found-though-refused': 'rejected',
};

const entryFor = (reason: MatchReason, at: number) =>
  entryOf({
    ...{ id: `${reason}-${at}`, reference: `00${at + 10}`, createdAtMs: atMs - at * 60_000 },
    memberName: at % 2 === 0 ? 'Tan Mei Ling' : 'Muhammad Hafizuddin bin Abdul Rahman Al-Haj Osman',
    ...{ state: states[reason] ?? 'confirmed', canCancel: false },
  });

const rowFor = (reason: MatchReason): MatchItem['rows'][number] => ({
  time: reason === 'time-cut-off' ? '2026-11-26 14' : '2026-11-26 14:02:09',
  ...{ sum: amount('50.00'), gift: amount('5.00'), payMethod: 'Cash', account: 'Anna', remark: '' },
  member: reason === 'member-unknown' ? null : { name: 'Tan Mei Ling', number: '8008010001' },
  customerUid: '231607639459718452',
});

/** The pile with one of each of its reasons, where both sides have what the reason is about. */
const itemFor =
  (pile: MatchPile) =>
  (reason: MatchReason, at: number): MatchItem => ({
    ...{ key: `${pile}-${at}`, reason, more: reason === 'two-candidates' ? 3 : 0 },
    entries: pile === 'only-kybio' ? [] : [entryFor(reason, at)],
    rows: pile === 'only-ours' ? [] : [rowFor(reason)],
  });

const sides = (entries: number, rows: number) => ({
  ...{ entries, rows, ours: amount(String(entries * 25)), kybio: amount(String(rows * 25)) },
});

const summary: MatchSummary = {
  piles: {
    ...{ matched: sides(38, 38), 'only-ours': sides(7, 0) },
    ...{ 'only-kybio': sides(0, 2), unclear: sides(12, 13) },
  },
  ...{ all: sides(57, 53), askedAtMs: atMs, log: 'not-asked', logEndsAt: '2026-11-26 22:08:41' },
  ...{ hoursOff: 8, pointsOnly: 2, before: 0 },
};

export const pileFound = (pile: MatchPile) => {
  const items = fullPiles[pile].map(itemFor(pile));
  return { summary, items, all: items.length };
};

export const matchDone: Topics['matching'] = {
  ask: { of: 'days', from: '2026-11-26', to: '2026-11-26' },
  ...{ state: 'done', why: null, calls: 4, rows: 331, startedAtMs: atMs },
};

const none = { entries: 0, rows: 0 };

/** Two days of a shift: one with something to look at, one that nobody matched yet. */
export const shiftDays: ShiftDay[] = [
  {
    day: '2026-11-26',
    match: {
      ...{ askedAtMs: atMs, by: 'Boss', isWhole: false },
      piles: {
        ...{ matched: { entries: 38, rows: 38 }, 'only-ours': { entries: 2, rows: 0 } },
        ...{ 'only-kybio': none, unclear: { entries: 1, rows: 2 } },
      },
    },
  },
  { day: '2026-11-25', match: null },
];
