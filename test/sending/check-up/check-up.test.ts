import { describe, expect, it } from 'vitest';
import type { HostProfile as StoreProfile } from '../../../main/hosts/practice/types.ts';
import { checkUpQuestions } from '../../../preload/contract/index.ts';
import { answers, found, isOver, journaledSends, started, sums, view } from '../../kit/check-up.ts';

const profiles: [string, Partial<StoreProfile>][] = [
  ['the documented host', {}],
  ['one that refuses duplicates', { refusesDuplicates: true }],
  ['one with a log of its own time', { keepsRechargeLog: true }],
  ['one with a log of our time', { keepsRechargeLog: true, logCarriesDataChangeTime: true }],
  [
    'one with everything',
    { refusesDuplicates: true, keepsRechargeLog: true, logCarriesDataChangeTime: true },
  ],
  ['one with two decimals', { decimals: 2, refusesDuplicates: true }],
  ['one with three decimals', { decimals: 3 }],
  ['one that goes not below zero', { allowsNegativeBalance: false }],
  [
    'one with ids as text',
    { ids: 'string', amountsAsStrings: true, statusCase: 'upper', sendsMessages: false },
  ],
  ['one that looks at the Time-stamp', { timeStampToleranceMs: 600_000 }],
];

describe('the host check-up', () => {
  it.each(profiles)('finds out about %s, and leaves nothing behind', async (_name, profile) => {
    const driven = await started(profile);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true, problem: null });
    expect(sums(driven)).toEqual({ balance: 0, point: 0 });
    const truth = driven.store.profile();
    const profileFound = found(driven);
    expect(profileFound).toMatchObject({
      decimals: truth.decimals,
      idAsStringTaken: false,
      refusesBelowZero: !truth.allowsNegativeBalance,
      timeStampSkewMs: truth.timeStampToleranceMs === null ? 86_400_000 : 300_000,
    });
    if (truth.refusesDuplicates) {
      expect(profileFound.duplicates?.rejectedStaysRejected).toBe(true);
      expect(profileFound.duplicates?.greatestAgeMs).toBeGreaterThanOrEqual(86_400_000);
    } else expect(profileFound.duplicates).toBeNull();
    if (!truth.keepsRechargeLog) expect(profileFound.log).toBeNull();
    else
      expect(profileFound.log).toEqual({
        carriesOurTime: truth.logCarriesDataChangeTime,
        topUpDelayMs: 1_000,
        awardDelayMs: null,
        reversalDelayMs: 1_000,
      });
    expect(Object.keys(answers(driven)).sort()).toEqual([...checkUpQuestions].sort());
  });

  it('asks no older age where a younger one was credited twice', async () => {
    const driven = await started({});
    await driven.drive(isOver(driven));
    expect(answers(driven)).toMatchObject({
      'same-bytes-at-once': 'no',
      'same-bytes-after-a-minute': 'no',
      'same-bytes-after-a-day': 'no',
    });
    // Over within minutes: nothing had to wait for a day.
    expect(driven.clock.monotonicMs()).toBeLessThan(3_600_000);
  });

  it('credits no more than the unit at a time, and journals each before it leaves', async () => {
    const driven = await started({ refusesDuplicates: true });
    await driven.drive(isOver(driven));
    const sends = journaledSends(driven.till.folder);
    const credited = sends
      .filter(({ key }) => !/^reversal-\d/.test(key))
      .map(({ increments }) => Number(increments.balance));
    expect(Math.max(...credited)).toBe(0.01);
    const sent = driven.store.calls().filter(({ method }) => method === 'updateBalancePointByIncrement');
    expect(sends.map(({ body }) => body)).toEqual(sent.map(({ body }) => body));
  });
});
