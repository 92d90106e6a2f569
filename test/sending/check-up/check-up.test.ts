import { describe, expect, it } from 'vitest';
import { withPause } from '../../../main/hosts/link/link-state.ts';
import type { HostProfile as StoreProfile } from '../../../main/hosts/practice/types.ts';
import { AGAIN_AFTER_MS } from '../../../main/sending/check-up/check-up-service.ts';
import {
  all,
  answers,
  begin,
  found,
  isOver,
  journaledSends,
  method,
  open,
  started,
  sums,
  view,
} from '../../kit/check-up.ts';

const profiles: [string, Partial<StoreProfile>][] = [
  ['the documented host', {}],
  ['one that refuses duplicates', { refusesDuplicates: true }],
  ['one with a log of its own time', { keepsRechargeLog: true }],
  ['one with a log of our time', { keepsRechargeLog: true, logCarriesDataChangeTime: true }],
  ['one with everything', all],
  ['one with two decimals', { decimals: 2, refusesDuplicates: true }],
  [
    'one with ids as text',
    { ids: 'string', amountsAsStrings: true, statusCase: 'upper', sendsMessages: false },
  ],
  ['one whose ids are rounded', { ids: 'rounded', refusesDuplicates: true }],
  ['one that looks at the Time-stamp', { timeStampToleranceMs: 600_000 }],
];

const unknownMember = 'Customer does not exist';
const duplicate = '重复提交修改';

describe('the host check-up', () => {
  it.each(profiles)('finds out about %s, and leaves nothing behind', async (_name, profile) => {
    const driven = await started(profile);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true, problem: null });
    expect(sums(driven)).toEqual({ balance: 0, point: 0 });
    const { refusesDuplicates, keepsRechargeLog, logCarriesDataChangeTime } = driven.store.profile();
    const { duplicates, log } = found(driven);
    if (refusesDuplicates) expect(duplicates?.greatestAgeMs).toBeGreaterThanOrEqual(AGAIN_AFTER_MS);
    else expect(duplicates).toBeNull();
    expect(log).toEqual(
      keepsRechargeLog ? { carriesOurTime: logCarriesDataChangeTime, delayMs: 1_000 } : null,
    );
    expect(answers(driven)).toEqual({
      'same-bytes-again': refusesDuplicates ? 'yes' : 'no',
      'in-the-recharge-log': keepsRechargeLog && logCarriesDataChangeTime ? 'yes' : 'no',
    });
  });

  it('credits no more than the unit at a time, and journals each before it leaves', async () => {
    const driven = await started({});
    await driven.drive(isOver(driven));
    const sends = journaledSends(driven.till.folder);
    expect(sends.map(({ increment }) => increment)).toEqual([
      ...['0.01', 'nobody', '-0.01', 'nobody', '0.01', '-0.01'],
    ]);
    const sent = driven.store.calls().filter((call) => call.method === method);
    expect(sends.map(({ body }) => body)).toEqual(sent.map(({ body }) => body));
  });

  it('holds the member for nobody between: what it credited is taken back before the wait', async () => {
    const driven = await started(all);
    await driven.drive(() => view(driven).state === 'waiting');
    expect(sums(driven)).toEqual({ balance: 0, point: 0 });
    expect(view(driven)).toMatchObject({ reversed: true, nextAtMs: expect.any(Number) });
  });

  it('costs about ten calls', async () => {
    const driven = await started(all);
    await driven.drive(isOver(driven));
    expect(driven.till.session.hosts.meter.usedToday()).toBeLessThanOrEqual(10);
  });

  it('proves no greater age than the same bytes had, though they left long after the start', async () => {
    const driven = await started(all);
    const { link } = driven.till.session.hosts;
    link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
    await driven.pass(3_600_000);
    link.update((state) => ({ ...state, pauses: [] }));
    await driven.drive(isOver(driven));
    const sent = driven.store.calls().filter((call) => call.method === method);
    const [first, ...others] = sent;
    const again = others.find(({ body }) => body === first?.body);
    const ageMs = (again?.atMs ?? 0) - (first?.atMs ?? 0);
    expect(ageMs).toBeGreaterThanOrEqual(AGAIN_AFTER_MS);
    expect(found(driven).duplicates?.greatestAgeMs).toBeLessThanOrEqual(ageMs);
  });
});

describe('a refusal to nobody', () => {
  /** What is found where the increments to nobody are answered in these words, first and again. */
  const heard = async (first: string, again: string) => {
    const driven = await open(all);
    driven.beforeSend((send) => {
      const words = { 2: first, 4: again }[send];
      if (words === undefined) return;
      const fault = { kind: 'error', messages: [words], when: 'before' } as const;
      driven.store.addFault({ fault, method, times: 1 });
    });
    await begin(driven);
    await driven.drive(isOver(driven));
    expect(view(driven)).toMatchObject({ state: 'done', reversed: true });
    const answer = view(driven).answers.find(({ question }) => question === 'same-bytes-again');
    return { note: answer?.note, isProven: found(driven).duplicates !== null };
  };

  it.each([unknownMember, 'Zugriff verweigert'])(
    'that is repeated, with what is accepted between, lets a duplicate prove something: %s',
    async (words) => {
      expect(await heard(words, words)).toEqual({ note: null, isProven: true });
    },
  );

  it.each([duplicate, 'Service is being upgraded', 'Customer is disabled', '签名错误'])(
    'that becomes %s lets it prove nothing',
    async (again) => {
      expect(await heard(unknownMember, again)).toEqual({ note: 'not-rejected-again', isProven: false });
    },
  );

  it('is none where KYBIO calls a first sending a duplicate, or its back end fails', async () => {
    for (const first of [duplicate, 'timeout'])
      expect(await heard(first, first)).toEqual({ note: 'not-rejected', isProven: false });
  });
});

it('a refusal of the same bytes in words that only might be one proves nothing', async () => {
  const driven = await open(all);
  driven.beforeSend((send) => {
    if (send !== 5) return;
    const fault = { kind: 'error', messages: ['系统限速，请稍后'], when: 'before' } as const;
    driven.store.addFault({ fault, method, times: 1 });
  });
  await begin(driven);
  await driven.drive(isOver(driven));
  expect(answers(driven)['same-bytes-again']).toBe('unclear');
  expect(found(driven).duplicates).toBeNull();
  expect(view(driven).reversed).toBe(true);
});
