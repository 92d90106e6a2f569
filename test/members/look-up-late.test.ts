import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { startingLink } from '../../main/hosts/link/link-state.ts';
import type { HostMember } from '../../main/hosts/port/member-host.ts';
import { shownEntries } from '../../main/ledger/shown/shown-entry.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createLookUpService, TIMEOUT_MS } from '../../main/members/look-up-service.ts';
import type { MemberReader } from '../../main/members/member-reader.ts';
import { amount } from '../../preload/contract/index.ts';
import { budgetOf } from '../kit/call-budget.ts';
import { createTestClock } from '../kit/clock.ts';
import { openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';

const member = (change: Partial<HostMember> = {}): HostMember => ({
  ...{ customerUid: '7', number: 'VIP-0012', name: 'Tan Mei Ling', categoryName: '', phone: '' },
  ...{ balance: amount('120.00'), point: amount('340'), enable: 1, expiryDate: null, ...change },
});
const mei = member();
const goh = member({ customerUid: '8', number: '0012', name: 'Goh Siew Eng' });

type Reading = Awaited<ReturnType<MemberReader['byNumber']>>;
const read = (value: HostMember): Reading => ({ ok: true, value, overlapsNoSend: true });
const failed = (kind: 'nothing' | 'no-answer'): Reading => ({
  ...{ ok: false, isAnswered: kind === 'nothing' },
  error: { kind, cause: 'timeout', messages: [], pause: null, retryAfterMs: null } as never,
});

/** A counter that knows both, and a KYBIO that answers when the test says so. */
function counter(known: readonly HostMember[] = [mei, goh]) {
  const { db, outbox } = openOutbox();
  const directory = createDirectoryRepository(db);
  const clock = createTestClock();
  for (const one of known) directory.keep(one, clock.nowMs() - 3_600_000, true);
  const asked: { number: string; answer: (reading: Reading) => void; fail: (thrown: Error) => void }[] = [];
  const reader = {
    byNumber: (number: string) => {
      const reading = new Promise<Reading>((answer, fail) => asked.push({ number, answer, fail }));
      return reading.then((answered) => {
        if (answered.ok) directory.keep(answered.value, clock.nowMs(), answered.overlapsNoSend);
        return answered;
      });
    },
  } as unknown as MemberReader;
  const lookUp = createLookUpService({
    ...{ directory, outbox, reader, clock, random: realRandom, canCall: () => true },
    callBudget: budgetOf(),
    freshMs: () => defaultPolicy('SGD').memberFreshMs,
    shownEntries: () => shownEntries(outbox, 'Asia/Singapore'),
    link: { state: { ...startingLink, reach: 'online' } } as never,
    today: () => '2026-01-15',
  });
  /** As far as the till's patience goes. */
  const late = async (query: string) => {
    const finding = lookUp.find(query);
    expect(clock.waiting()).toContain(TIMEOUT_MS);
    clock.ring(clock.waiting().indexOf(TIMEOUT_MS));
    const found = await finding;
    if (!found.ok || found.value.stillAsking === null) throw new Error('not still asking');
    return { ...found.value, stillAsking: found.value.stillAsking };
  };
  return { lookUp, directory, asked, clock, late };
}

describe('KYBIO that takes longer than a cashier waits', () => {
  it('leaves the counter with what is kept after a second and a half, and is told of when it comes', async () => {
    const { lookUp, asked, late } = counter();
    expect(TIMEOUT_MS).toBe(1_500);
    const { members, stillAsking } = await late('VIP-0012');
    expect(members).toMatchObject([{ customerUid: '7', balance: '120.00', source: 'till' }]);
    expect(asked.map(({ number }) => number)).toEqual(['VIP-0012']);
    const answer = lookUp.answer(stillAsking);
    asked[0]?.answer(read(member({ balance: amount('777') })));
    expect(await answer).toMatchObject({
      ok: true,
      value: { members: [{ balance: '777', source: 'kybio' }] },
    });
    expect(await lookUp.answer(stillAsking)).toMatchObject({ error: { code: 'member-not-found' } });
  });

  it('may have answered before anybody asks for it', async () => {
    const { lookUp, asked, late } = counter();
    const { stillAsking } = await late('VIP-0012');
    asked[0]?.answer(read(mei));
    expect(await lookUp.answer(stillAsking)).toMatchObject({
      ok: true,
      value: { members: [{ customerUid: '7' }] },
    });
  });

  it.each([
    [failed('nothing'), 'member-not-found'],
    [failed('no-answer'), 'no-answer'],
    [read(goh), 'member-changed'],
  ])('tells what it came to: %j', async (reading, code) => {
    const { lookUp, asked, late } = counter();
    const { stillAsking } = await late('VIP-0012');
    asked[0]?.answer(reading);
    expect(await lookUp.answer(stillAsking)).toMatchObject({ ok: false, error: { code } });
  });

  it('delays no look-up after it, however long it hangs', async () => {
    const { lookUp, asked, late } = counter();
    const first = await late('VIP-0012');
    const next = lookUp.find('0012');
    asked[1]?.answer(read(goh));
    expect(await next).toMatchObject({
      ok: true,
      value: { members: [{ customerUid: '8' }], stillAsking: null },
    });
    asked[0]?.answer(read(mei));
    expect(await lookUp.answer(first.stillAsking)).toMatchObject({
      value: { members: [{ customerUid: '7' }] },
    });
  });

  it('with a disk that refuses its answer fails who asks for it, and nobody else', async () => {
    const { lookUp, asked, late } = counter();
    const { stillAsking } = await late('VIP-0012');
    asked[0]?.fail(new Error('disk'));
    await new Promise((resolve) => setImmediate(resolve));
    await expect(lookUp.answer(stillAsking)).rejects.toThrow('disk');
  });
});

describe('KYBIO that is quick', () => {
  it('leaves nothing to come and nothing waiting', async () => {
    const { lookUp, asked, clock } = counter();
    const finding = lookUp.find('VIP-0012');
    asked[0]?.answer(read(mei));
    expect(await finding).toMatchObject({ value: { members: [{ source: 'kybio' }], stillAsking: null } });
    expect(clock.waiting()).toEqual([]);
  });

  it.each([
    ['VIP-0012', goh],
    ['VIP-0012', member({ number: 'VIP-00123' })],
    ['0012', member({ customerUid: '8', number: '12' })],
    ['NEW-1', mei],
  ])('and tells %s of another card is not relied on', async (query, record) => {
    const { lookUp, asked } = counter();
    const finding = lookUp.find(query);
    asked[0]?.answer(read(record));
    expect(await finding).toMatchObject({ error: { code: 'member-changed' } });
  });

  it('is relied on where the card has passed to another member', async () => {
    const { lookUp, asked } = counter();
    const finding = lookUp.find('0012');
    asked[0]?.answer(read(member({ customerUid: '9', number: '0012', name: 'Lim Wei' })));
    expect(await finding).toMatchObject({ value: { members: [{ customerUid: '9', name: 'Lim Wei' }] } });
  });

  it('tells of a card that two have had here: it is asked, nobody is taken first', async () => {
    const { lookUp, asked } = counter([goh, member({ customerUid: '9', number: '0012', name: 'Lim Wei' })]);
    const finding = lookUp.find('0012');
    expect(asked.map(({ number }) => number)).toEqual(['0012']);
    asked[0]?.answer(read(member({ customerUid: '9', number: '0012', name: 'Lim Wei' })));
    expect(await finding).toMatchObject({ value: { members: [{ customerUid: '9' }] } });
  });
});

describe('nobody is taken for another', () => {
  it('where two cards differ by case alone each is its own', async () => {
    const { late } = counter([mei, member({ customerUid: '9', number: 'vip-0012', name: 'Lim Wei' })]);
    for (const [query, customerUid] of [
      ['VIP-0012', '7'],
      ['vip-0012', '9'],
    ] as const)
      expect(await late(query)).toMatchObject({ members: [{ customerUid }], isForPicker: false });
  });

  it('nor by a card in another case, whoever has kept it or tells of it', async () => {
    const { lookUp, asked, late } = counter();
    expect(await late('Vip-0012')).toMatchObject({ members: [{ customerUid: '7' }], isForPicker: true });
    const finding = lookUp.find('vip-0012');
    expect(asked.map(({ number }) => number)).toEqual(['Vip-0012', 'vip-0012']);
    asked[1]?.answer(read(mei));
    expect(await finding).toMatchObject({ value: { members: [{ customerUid: '7' }], isForPicker: true } });
  });

  it('where one’s card is another’s phone it is the card', async () => {
    const { late } = counter([goh, member({ customerUid: '9', number: '77', phone: '0012' })]);
    expect(await late('0012')).toMatchObject({ members: [{ customerUid: '8' }], isForPicker: false });
  });

  it('by a phone or a part of a name, until KYBIO has said that no card is called so', async () => {
    for (const query of ['91235640', 'tan', 'Tan Mei Ling']) {
      const { lookUp, asked, late } = counter([member({ phone: '91235640' }), goh]);
      const { members, isForPicker, stillAsking } = await late(query);
      expect({ members, isForPicker }).toMatchObject({ members: [{ customerUid: '7' }], isForPicker: true });
      asked[0]?.answer(read(member({ customerUid: '9', number: query, name: 'Lim Wei' })));
      expect(await lookUp.answer(stillAsking)).toMatchObject({ value: { members: [{ customerUid: '9' }] } });
    }
  });

  it('but whom a person has picked by name stays, where KYBIO knows no such card', async () => {
    const { lookUp, asked, late } = counter();
    const { stillAsking } = await late('tan mei');
    asked[0]?.answer(failed('nothing'));
    expect(await lookUp.answer(stillAsking)).toMatchObject({
      ok: true,
      value: { members: [{ customerUid: '7' }] },
    });
  });

  it('by sums that are new, where KYBIO was not asked whose card it is', async () => {
    const { lookUp, directory, asked, clock } = counter();
    directory.keepSums('7', amount('130.00'), amount('340'), clock.nowMs());
    const finding = lookUp.find('VIP-0012');
    asked[0]?.answer(read(member({ customerUid: '9', name: 'Lim Wei' })));
    expect(await finding).toMatchObject({ value: { members: [{ customerUid: '9' }] } });
  });

  it('a code is asked for as it is, with what stands between its digits', async () => {
    const { lookUp, asked } = counter();
    const finding = lookUp.find('00-12');
    expect(asked.map(({ number }) => number)).toEqual(['00-12']);
    asked[0]?.answer(failed('nothing'));
    expect(await finding).toMatchObject({ error: { code: 'member-not-found' } });
  });
});

describe('a member who was read in the last minutes', () => {
  const readOnce = async () => {
    const till = counter([]);
    const first = till.lookUp.find('VIP-0012');
    till.asked[0]?.answer(read(mei));
    await first;
    return { ...till, readAtMs: till.clock.nowMs() };
  };

  it('is answered from here, without a call and with the true age', async () => {
    const { lookUp, asked, clock, readAtMs } = await readOnce();
    clock.pass(179_999);
    expect(await lookUp.find('VIP-0012')).toMatchObject({
      value: {
        members: [{ source: 'kybio', asOfMs: readAtMs }],
        ...{ isForPicker: false, stillAsking: null },
      },
    });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['the minutes are over', 180_000, 0],
    ['the clock was set back', 1_000, -3_600_000],
    ['the clock was set on', 1_000, 3_600_000],
  ])('is read again where %s', async (_, passedMs, setByMs) => {
    const { lookUp, asked, clock } = await readOnce();
    clock.pass(passedMs);
    clock.jump(setByMs, 0);
    const finding = lookUp.find('VIP-0012');
    expect(asked).toHaveLength(2);
    asked[1]?.answer(read(member({ balance: amount('1') })));
    expect(await finding).toMatchObject({ value: { members: [{ balance: '1' }] } });
  });
});
