import type { TillState } from '../../main/chain/states/till-state.ts';
import type { AccountDesk } from '../../main/kernel/sealing/account-seal.ts';

export const stateDesk: AccountDesk = {
  appKey: 'THE-APP-KEY',
  account: { host: 'https://kybio.example', appId: 'A1' },
};

export const tillIdOf = (number: number): string => number.toString(16).padStart(16, '0');

/** The state of a till at which all is well. */
export function stateOf({ status, ...change }: Partial<TillState> = {}): TillState {
  const number = change.number ?? 1;
  return {
    atMs: 1_800_000_000_000,
    run: `run-of-${number}`,
    tillId: tillIdOf(number),
    epoch: `e${tillIdOf(number).slice(1)}`,
    name: `Counter ${number}`,
    number,
    count: 4,
    version: '0.9.0',
    dataFormat: 12,
    shopVersion: 3,
    copyAtMs: null,
    variance: null,
    ...change,
    status: {
      entries: { waiting: 0, checking: 0, needsReview: 0, refusedUnseen: 0, oldestUnsentAtMs: null },
      lastZ: null,
      isCopyMet: false,
      isNumberTwice: false,
      backups: { count: 24, newestAtMs: 1_799_999_000_000 },
      secondPlace: null,
      calls: { used: 240, limit: 5_000, left: 4_760 },
      clockSkewMs: 0,
      disk: { freeMegabytes: 40_000, state: 'enough' },
      pauses: [],
      policyFile: { settings: [], problem: null },
      lastRowAtMs: 1_799_999_500_000,
      ...status,
    },
  };
}
