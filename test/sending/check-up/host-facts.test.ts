import { describe, expect, it } from 'vitest';
import { withPause } from '../../../main/hosts/link/link-state.ts';
import { mayBeRounded } from '../../../main/hosts/port/member-id.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import type { Bench, Sent } from '../../../main/sending/check-up/bench.ts';
import { giftsAdded } from '../../../main/sending/check-up/host-facts.ts';
import { withSpentQuota } from '../../../main/sending/check-up/spent-quota.ts';
import { amount } from '../../../preload/contract/index.ts';
import { answers, found, isOver, started, view } from '../../kit/check-up.ts';
import type { Driven } from '../../kit/driven-till.ts';
import { openOutbox } from '../../kit/outbox.ts';

describe('whether ids come to the last digit', () => {
  it.each([
    ['exact', true],
    ['rounded', true],
    ['string', true],
    ['all-rounded', false],
  ] as const)('a host whose ids are %s: %s', async (ids, isExact) => {
    const driven = await started({ ids });
    await driven.drive(isOver(driven));
    expect(answers(driven)['ids-exact']).toBe(isExact ? 'yes' : 'no');
    expect(found(driven).idsExact).toBe(isExact);
    expect(view(driven).reversed).toBe(true);
  });

  it.each([
    ['231607639459718452', false],
    ['231607639459718460', true],
    ['231607639459718464', true],
    ['677793671220529300', true],
    ['9007199254740991', false],
    ['42', false],
  ])('%s may be another’s, rounded: %s', (uid, isSuspect) => {
    expect(mayBeRounded(uid)).toBe(isSuspect);
  });
});

describe('whether KYBIO adds a gift of its own', () => {
  const sums = (balance: string, point = '0') => ({ balance: amount(balance), point: amount(point) });
  /** A bench whose sends move the member so, one after the other. */
  const benchOf = (...effects: readonly Sent['effect'][]): Bench => {
    const left = [...effects];
    return {
      parts: { unit: amount('0.01') },
      send: async () => ({
        ...{ key: 'gifts-added-1', answer: { kind: 'success', messages: [] }, serverMs: null },
        effect: left.shift() ?? sums('0'),
      }),
    } as unknown as Bench;
  };

  it('moves by what was sent: no, by one call', async () => {
    expect(await giftsAdded(benchOf(sums('0.01')))).toMatchObject({ answer: 'no' });
  });

  it('moves twice by the same on top: yes', async () => {
    const said = await giftsAdded(benchOf(sums('0.01', '1'), sums('0.01', '1')));
    expect(said).toMatchObject({ answer: 'yes', note: 'gift-on-top' });
  });

  it('moves by this and that: somebody else is at work', async () => {
    await expect(giftsAdded(benchOf(sums('0.01', '1'), sums('5')))).rejects.toThrow('other-writer');
  });
});

describe('whether KYBIO tells the account’s calls', () => {
  const method = 'queryDailyAccessTimesLog';
  const asked = (driven: Driven) => driven.store.calls().filter((call) => call.method === method);
  const outcome = async (driven: Driven) => {
    await driven.drive(isOver(driven));
    const answer = view(driven).answers.find(({ question }) => question === 'call-count');
    expect(asked(driven)).toHaveLength(1);
    expect(driven.till.session.hosts.link.state.pauses).toEqual([]);
    return { answer: answer?.answer, note: answer?.note, told: found(driven).callCountTold };
  };

  it('does, by one call', async () => {
    expect(await outcome(await started({}))).toEqual({ answer: 'yes', note: null, told: true });
  });

  it('has no such call', async () => {
    expect(await outcome(await started({ hasCallCount: false }))).toMatchObject({
      answer: 'no',
      told: false,
    });
  });

  const rows = (change: object) => {
    const row = { appId: 'X', limitTimes: 300, haveAcessTimes: 100, accessDate: '2026-01-15' };
    return JSON.stringify({ status: 'success', messages: [], data: [{ ...row, ...change }] });
  };
  it.each([
    ['counts late', rows({ haveAcessTimes: 2 }), 'counted-less'],
    ['tells of yesterday', rows({ accessDate: '2026-01-14' }), null],
    ['tells what cannot be read', rows({ haveAcessTimes: 'many' }), null],
  ])('cannot be relied on where it %s', async (_name, body, note) => {
    const driven = await started({});
    driven.store.addFault({ method, fault: { kind: 'body', body, when: 'after' } });
    expect(await outcome(driven)).toEqual({ answer: 'unclear', note, told: null });
  });

  it.each([
    ['refused for its key', '签名错误', 'unclear', null],
    ['not permitted', '没有权限', 'no', false],
    ['refused in unknown words', 'No such interface as this one', 'no', false],
  ] as const)('is asked no second time where it is %s', async (_name, words, answer, told) => {
    const driven = await started({});
    driven.store.addFault({ method, fault: { kind: 'error', messages: [words], when: 'before' } });
    expect(await outcome(driven)).toMatchObject({ answer, told });
  });
});

it('what a spent quota is told as stands there from the day it is met', async () => {
  const driven = await started({ dailyCalls: 400 });
  await driven.drive(isOver(driven));
  const spent = () => view(driven).answers.find(({ question }) => question === 'spent-quota');
  expect(spent()).toMatchObject({ answer: 'unclear', note: 'not-met-yet' });
  driven.till.session.hosts.link.update((state, at) =>
    withPause(state, 'quota', '今日访问次数已用完', at.nowMs),
  );
  expect(spent()).toMatchObject({ answer: 'yes', note: null, words: '今日访问次数已用完' });
  const { db } = openOutbox();
  expect(withSpentQuota([], createSettings(db))).toEqual([]);
});
