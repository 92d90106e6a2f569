import type { MatchReason } from '../../../preload/contract/index.ts';

/** Each has its sentence of what to do. A reason that is added to the contract does not compile without its place here. */
const sentences: Readonly<Record<MatchReason, true>> = {
  'same-time': true,
  'near-time': true,
  silent: true,
  'silent-without-reply': true,
  'after-the-log': true,
  'after-asking': true,
  waiting: true,
  checking: true,
  review: true,
  elsewhere: true,
  'member-unknown': true,
  'two-rows': true,
  'two-candidates': true,
  'rounded-id': true,
  'time-differs': true,
  'time-cut-off': true,
  'hours-off': true,
  'sum-differs': true,
  'no-member': true,
  'row-twice': true,
  'time-unreadable': true,
  'found-while-open': true,
  'found-though-refused': true,
};

export const reasons = Object.keys(sentences) as readonly MatchReason[];
