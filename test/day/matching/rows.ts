import type { LogLine, MatchInput, OurEntry } from '../../../main/day/matching/compared.ts';
import { match } from '../../../main/day/matching/match.ts';
import type { HostLogRow } from '../../../main/hosts/port/member-host.ts';
import { amount, zeroAmount } from '../../../preload/contract/index.ts';

export const uid = '231607639459718452';
/** The same through a double, as KYBIO's own sample has it. */
export const roundedUid = '231607639459718460';
/** A neighbour whom a double cannot tell from the first. */
export const neighbourUid = '231607639459718459';
export const otherUid = '677793671220529313';

let sequences = 0;

export const ours = (change: Partial<Omit<OurEntry, 'sum'>> & { readonly sum?: string } = {}): OurEntry => {
  sequences += 1;
  const { sum = '50', ...rest } = change;
  const time = change.time ?? '2026-11-26 10:00:00';
  return {
    ...{ sequence: sequences, customerUid: uid, time, madeAt: time, endedAt: time, state: 'confirmed' },
    ...{ touched: true, hasReply: true, ...rest, sum: amount(sum) },
  };
};

export const row = (change: Partial<Record<keyof HostLogRow, string | null>> = {}): HostLogRow =>
  ({
    ...{ uid: null, customerUid: uid, rechargeMoney: '50', giftMoney: '0', datetime: '2026-11-26 10:00:00' },
    ...{ payMethod: 'openApi', rechargeStoreAccount: 'shop', remark: '' },
    customerMoneyAfterRecharge: zeroAmount,
    ...change,
  }) as HostLogRow;

/** Rows that came on one page, in this order. */
export const page = (rows: readonly HostLogRow[], number = 0): readonly LogLine[] =>
  rows.map((one, place) => ({ place: number * 100 + place, page: number, row: one }));

export const scope = { from: '2026-11-26 00:00:00', to: '2026-11-26 23:59:59' };

export const inputOf = (
  entries: readonly OurEntry[],
  lines: readonly LogLine[],
  change: Partial<MatchInput> = {},
): MatchInput => ({
  ...{ entries, lines, carriesOurTime: true, scope, askedAt: '2026-11-27 09:00:00' },
  isKnown: (customerUid) => customerUid === uid || customerUid === otherUid,
  ...change,
});

/** What each pile holds, as `reason entries/rows`. */
export const sorted = (...of: Parameters<typeof inputOf>): readonly string[] =>
  match(inputOf(...of))
    .matches.map(({ pile, reason, entries, lines }) => `${pile}: ${reason} ${entries.length}/${lines.length}`)
    .sort();
