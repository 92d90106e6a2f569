import { expect, it } from 'vitest';
import { type AccountedEntry, accountOf } from '../../../main/safety/drill/drill-account.ts';
import { beginDrill, replyWasLost } from '../../../main/safety/drill/drill-steps.ts';
import { amount } from '../../../preload/contract/index.ts';

const entry = (id: string, change: Partial<AccountedEntry> = {}): AccountedEntry => ({
  ...{ id, state: 'confirmed', isTopUp: true, customerUid: id, amount: amount('10.50'), createdAtMs: 1_000 },
  ...{ reference: id, memberName: id, dataChangeTime: '2026-11-27 10:00:00' },
  ...{ isTakenBack: false, isReplaced: false },
  ...change,
});

const inLedger = ({ customerUid, dataChangeTime }: AccountedEntry) => ({ customerUid, dataChangeTime });

const progress = replyWasLost({ ...beginDrill, targetId: 'b' }, 2_000);
const [a, b] = [entry('a'), entry('b', { amount: amount('20') })];

it('adds up what the till calls done beside what the ledger has', () => {
  const account = accountOf([a, b], [inLedger(a), inLedger(b)], progress);
  expect(account).toMatchObject({ faults: [], done: '30.5', credited: '30.5' });
  expect(account.rows.map(({ credited, fits }) => [credited, fits])).toEqual([
    [1, true],
    [1, true],
  ]);
});

it('tells of one that is done and not there, and of one that is there twice', () => {
  expect(accountOf([a, b], [inLedger(a)], progress)).toMatchObject({
    ...{ faults: ['missing'], done: '30.5', credited: '10.5' },
  });
  const twice = accountOf([a, b], [inLedger(a), inLedger(b), inLedger(b)], progress);
  expect(twice).toMatchObject({ faults: ['doubled'], done: '30.5', credited: '50.5' });
  expect(twice.rows.map(({ fits }) => fits)).toEqual([true, false]);
});

it('takes for given away what was dropped though the ledger has it', () => {
  const dropped = { ...b, state: 'cancelled' } as const;
  expect(accountOf([a, dropped], [inLedger(a), inLedger(b)], progress)).toMatchObject({
    ...{ faults: ['doubled'], done: '10.5', credited: '30.5' },
  });
  expect(accountOf([a, dropped], [inLedger(a)], progress).faults).toEqual([]);
});

it('holds nothing against what is not decided yet', () => {
  const open = { ...b, state: 'unknown' } as const;
  expect(accountOf([a, open], [inLedger(a), inLedger(b)], progress).faults).toEqual([]);
  expect(accountOf([a, open], [inLedger(a)], progress).faults).toEqual([]);
});

it('sees that the same was entered again while its reply was missing', () => {
  const again = entry('c', {
    ...{ customerUid: 'b', amount: amount('20.00'), createdAtMs: 3_000 },
    dataChangeTime: '2026-11-27 10:00:05',
  });
  const ledger = [a, b, again].map(inLedger);
  const faultsWith = (change: Partial<AccountedEntry>) =>
    accountOf([a, b, { ...again, ...change }], ledger, progress).faults;
  expect(faultsWith({})).toEqual(['again']);
  expect(faultsWith({ createdAtMs: 1_500 })).toEqual([]);
  expect(faultsWith({ amount: amount('21') })).toEqual([]);
  expect(faultsWith({ isTakenBack: true })).toEqual([]);
  expect(accountOf([a, { ...b, isReplaced: true }, again], ledger, progress).faults).toEqual([]);
});

it('knows nobody else of the same second, and no other second of the same member', () => {
  const others = [
    { customerUid: 'z', dataChangeTime: a.dataChangeTime },
    { customerUid: 'a', dataChangeTime: '2026-11-27 09:00:00' },
  ];
  expect(accountOf([a], [...others, inLedger(a)], progress).faults).toEqual([]);
});
