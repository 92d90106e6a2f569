import type { HostProfile } from './types.ts';
import { words } from './words.ts';

/**
 * The host as the help pages describe it, and the worst case where they are silent: no duplicate protection, no
 * recharge log, the increment's reply with its id rounded as in KYBIO's sample. The Pospal-only look-ups exist, so
 * that a family's shared phone can be practised.
 */
export const documentedHost: HostProfile = {
  refusesDuplicates: false,
  keepsRechargeLog: false,
  logCarriesDataChangeTime: false,
  decimals: 4,
  ids: 'rounded',
  amountsAsStrings: false,
  replyTime: 'echo',
  leavesOut: 'nothing',
  compression: 'gzip',
  statusCase: 'lower',
  sendsMessages: true,
  hasQueryByUid: true,
  hasQueryBytel: true,
  hasCallCount: true,
  timeStampToleranceMs: null,
  dailyCalls: null,
  quotaWords: words.quotaUsedUp,
  allowsNegativeBalance: true,
  postBackParameter: 'object',
};
