import { verdict } from '../../main/app/status/status-verdict.ts';
import { missingNumbers, tillRows } from '../../main/chain/states/till-rows.ts';
import type { TillState } from '../../main/chain/states/till-state.ts';
import { amount, type ChainTills, type ShownChain } from '../../preload/contract/index.ts';
import { stateOf, tillIdOf } from './till-state.ts';

const MIN = 60_000;

export const ownersChain: ShownChain = {
  name: 'Kopi Corner',
  folder: '/srv/kopi',
  fingerprint: '7K3QX-0MZ4A-R9TWE-HB52N-8QJ1C',
  taken: { version: 3, atMs: 1_800_000_000_000 },
  sets: [],
  next: null,
  isOwner: true,
  parts: [],
  problem: null,
};

/** What is wrong at some tills, and how long they are silent. */
const wrong: Readonly<
  Record<number, (nowMs: number) => Partial<TillState> & { readonly silentMin?: number }>
> = {
  2: (nowMs) => ({ ...withEntries({ needsReview: 2, refusedUnseen: 1 }), atMs: nowMs }),
  3: (nowMs) => ({
    ...withEntries({ waiting: 14, checking: 1, oldestUnsentAtMs: nowMs - 220 * MIN }),
    silentMin: 95,
  }),
  5: () => ({ version: '0.8.2', shopVersion: 2 }),
  7: () => ({ silentMin: 3_000 }),
  8: (nowMs) => ({ copyAtMs: nowMs - 7 * MIN, name: 'Pasar Malam Stall by the north gate 8' }),
  11: () => ({ number: 10 }),
};

const withEntries = (change: object): Partial<TillState> => {
  const { status } = stateOf();
  return { status: { ...status, entries: { ...status.entries, ...change } } };
};

/** As main tells of so many tills, some of which need somebody. */
export function chainTillsOf(tills: number, nowMs: number): ChainTills {
  const states = Array.from({ length: tills }, (_, place) => {
    const number = place + 1;
    const { silentMin = 2, ...change } = wrong[number]?.(nowMs) ?? {};
    const state = stateOf({
      number,
      tillId: tillIdOf(number),
      name: `Counter ${number}`,
      count: tills + 1,
      ...change,
    });
    const { status } = state;
    return {
      state: {
        ...state,
        atMs: nowMs - silentMin * MIN,
        variance: number % 4 === 0 ? amount('-1.50') : amount('0'),
        status: {
          ...status,
          lastZ: { number: 40 + number, closedAtMs: nowMs - 900 * MIN, hasVariance: number % 4 === 0 },
          backups: { count: 24, newestAtMs: nowMs - 35 * MIN },
          lastRowAtMs: nowMs - 30 * MIN,
        },
      },
      seenAtMs: nowMs - silentMin * MIN,
      aheadMs: 0,
    };
  });
  const rows = tillRows(states, {
    verdict,
    nowMs,
    own: tillIdOf(1),
    unused: new Set(),
    skewLimitMs: 300_000,
  });
  return {
    atMs: nowMs,
    tills: [...rows],
    unused: [{ tillId: tillIdOf(999), problem: 'other-key' }],
    missing: [...missingNumbers(states, 300)],
    refusedZs: [{ tillId: tillIdOf(4), problem: 'forged' }],
    problem: null,
  };
}
