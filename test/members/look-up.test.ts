import { describe, expect, it } from 'vitest';
import {
  blankMember,
  deletedMember,
  expiredMember,
  familyMembers,
  familyPhone,
  fourDecimalsMember,
  limWei,
  meiLing,
  ongBoonHuat,
  practiceMembers,
} from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { narrowed } from '../../main/members/fold.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, type TestTill } from '../kit/till.ts';

async function counter(profile: Parameters<typeof startPracticeStore>[0] = {}) {
  const store = await startPracticeStore(profile);
  const till = await openTestTill(store);
  // Every look-up asks: what is answered from a new reading has tests of its own.
  till.session.counter.policy.save(
    { ...till.session.counter.policy.current(), memberFreshMs: 0 },
    theManager,
  );
  /** The methods that one look-up called, in order, and what it found. */
  const find = async (query: string) => {
    const before = store.calls().length;
    const found = await till.session.members.lookUp.find(query);
    const methods = store
      .calls()
      .slice(before)
      .map(({ method }) => method);
    return {
      methods,
      found,
      names: found.ok ? found.value.members.map(({ name }) => name) : found.error.code,
    };
  };
  return { store, till, find };
}

const spendCalls = (till: TestTill, calls: number) => {
  for (let call = 0; call < calls; call += 1) till.session.hosts.meter.count('look-up');
};

describe('a look-up online', () => {
  it('of a card number is one call, and so is every one after it', async () => {
    const { till, find } = await counter();
    for (const _ of [1, 2]) {
      const { methods, found } = await find(meiLing.number);
      expect(methods).toEqual(['queryByNumber']);
      expect(found).toMatchObject({
        ok: true,
        value: {
          members: [
            {
              customerUid: meiLing.customerUid,
              balance: '120.00',
              point: '340',
              source: 'kybio',
              status: 'active',
              maskedPhone: '•••• 5640',
            },
          ],
        },
      });
    }
    expect(till.session.hosts.meter.usedToday()).toBe(2);
  });

  it('of a phone asks for a card, then for a phone, each time: a card of these digits may be new', async () => {
    const { find } = await counter();
    for (const query of [meiLing.phone, meiLing.phone, ' 9123 5640 ']) {
      const { methods, found } = await find(query);
      expect(methods).toEqual(['queryByNumber', 'queryBytel']);
      expect(found).toMatchObject({
        ok: true,
        value: { members: [{ name: meiLing.name, source: 'kybio' }], isForPicker: false },
      });
    }
  });

  it.each(['2', meiLing.phone, 'Tan', 'tan mei ling'])(
    'of a card %s that the till does not keep asks for that card, whatever a kept name or phone holds',
    async (number) => {
      const { store, find } = await counter();
      await find(meiLing.number);
      store.setMember(limWei.customerUid, { number });
      expect((await find(number)).found).toMatchObject({
        ok: true,
        value: { members: [{ customerUid: limWei.customerUid }], isForPicker: false },
      });
    },
  );

  it('of AB12 is not one of ab12, nor of B12', async () => {
    const { store, find } = await counter();
    store.setMember(limWei.customerUid, { number: 'ab12' });
    await find('ab12');
    const { methods, found } = await find('AB12');
    expect(methods).toEqual(['queryByNumber']);
    expect(found).toMatchObject({ ok: true, value: { members: [{ name: limWei.name }], isForPicker: true } });
    store.setMember(meiLing.customerUid, { number: 'AB12' });
    expect((await find('AB12')).found).toMatchObject({
      ok: true,
      value: { members: [{ customerUid: meiLing.customerUid }], isForPicker: false },
    });
    expect((await find('B12')).names).toBe('member-not-found');
  });

  it('of a family’s phone gives all of them and takes none', async () => {
    const { find } = await counter();
    for (const _ of [1, 2]) {
      const { names } = await find(familyPhone);
      expect(names).toEqual(familyMembers.map(({ name }) => name));
    }
  });

  it('of a name offers whoever it can be to a person, once KYBIO has said that it is no card', async () => {
    const { find } = await counter();
    for (const { number } of [meiLing, ...familyMembers]) await find(number);
    expect(await find('mei ling')).toMatchObject({
      methods: ['queryByNumber'],
      names: [meiLing.name],
      found: { value: { isForPicker: true } },
    });
    expect(await find('Chua')).toMatchObject({ methods: ['queryByNumber'] });
    expect((await find('Chua')).names).toHaveLength(3);
  });

  it('on a host without the phone look-up still offers the one that is known', async () => {
    const { find } = await counter({ profile: { hasQueryBytel: false } });
    expect(await find(meiLing.phone)).toMatchObject({ names: 'member-not-found' });
    await find(meiLing.number);
    expect(await find(meiLing.phone)).toMatchObject({
      names: [meiLing.name],
      found: { value: { isForPicker: true } },
    });
    for (const { number } of familyMembers) await find(number);
    expect((await find(familyPhone)).names).toHaveLength(3);
  });

  it('of nobody says so', async () => {
    const { find } = await counter();
    expect(await find('0000')).toMatchObject({ methods: ['queryByNumber'], names: 'member-not-found' });
    expect(await find('99999999')).toMatchObject({
      methods: ['queryByNumber', 'queryBytel'],
      names: 'member-not-found',
    });
    expect(await find('   ')).toMatchObject({ methods: [], names: 'member-not-found' });
    expect(await find('%')).toMatchObject({ names: 'member-not-found' });
  });

  it.each([
    [ongBoonHuat, 'disabled'],
    [deletedMember, 'deleted'],
    [expiredMember, 'expired'],
    [fourDecimalsMember, 'active'],
  ])('says of %s that the card is %s', async (member, status) => {
    const { find, till } = await counter();
    expect((await find(member.number)).found).toMatchObject({
      ok: true,
      value: { members: [{ status, balance: member.balance }] },
    });
    expect(till.session.members.lookUp.card(member.customerUid)).toMatchObject({
      ok: true,
      value: { status, source: 'till' },
    });
  });

  it('of a member deleted long ago offers nobody to credit', async () => {
    const { find } = await counter();
    const { found } = await find(blankMember.number);
    expect(found).toMatchObject({ ok: false, error: { code: 'member-blank' } });
  });

  it('carries ids beyond a double exactly', async () => {
    const { find } = await counter();
    for (const member of practiceMembers.slice(0, 4)) {
      expect((await find(member.number)).found).toMatchObject({
        ok: true,
        value: { members: [{ customerUid: member.customerUid }] },
      });
    }
  });

  it('takes what a Chinese keyboard and a scanner add', async () => {
    const { find } = await counter();
    const wide = meiLing.number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect((await find(` ${wide}\r\n`)).names).toEqual([meiLing.name]);
    expect(narrowed('８００８　 Ａ')).toBe('8008  A');
  });

  it('tells what this till has waiting for the member', async () => {
    const { find, till } = await counter();
    await find(meiLing.number);
    till.topUp(meiLing.customerUid, '0.1', '1');
    till.topUp(meiLing.customerUid, '0.2');
    expect((await find(meiLing.number)).found).toMatchObject({
      ok: true,
      value: { members: [{ waiting: { entries: 2, balance: '0.3', point: '1' } }] },
    });
  });
});

describe('a look-up that cannot ask', () => {
  it('offline answers from the directory with its age, and knows whom it does not know', async () => {
    const { store, till, find } = await counter();
    await find(meiLing.number);
    const readAtMs = till.session.members.directory.byUid(meiLing.customerUid)?.asOfMs;
    await store.setPlug(false);
    for (const query of [meiLing.number, meiLing.phone, 'tan mei']) {
      const { found } = await find(query);
      expect(found).toMatchObject({
        ok: true,
        value: {
          members: [{ name: meiLing.name, source: 'till', balance: '120.00' }],
          isForPicker: query !== meiLing.number,
        },
      });
      if (found.ok) expect(found.value.members[0]?.asOfMs).toBe(readAtMs);
    }
    expect((await find(limWei.number)).names).toBe('member-unknown-offline');
  });

  it('with the calls of the day spent uses what it knows, and says why where it knows nothing', async () => {
    const { till, find } = await counter();
    await find(meiLing.number);
    spendCalls(till, 179);
    expect(await find(meiLing.number)).toMatchObject({
      methods: [],
      found: { value: { members: [{ source: 'till' }] } },
    });
    // Without this call nobody could top that member up.
    expect(await find(limWei.number)).toMatchObject({ methods: ['queryByNumber'], names: [limWei.name] });
    spendCalls(till, 60);
    expect(await find('8008019999')).toMatchObject({ methods: [], names: 'call-budget-spent' });
  });

  it('while the queue is paused shows what it knows and costs nothing', async () => {
    const { store, till, find } = await counter();
    await find(meiLing.number);
    till.session.hosts.link.update((state) => ({
      ...state,
      pauses: [{ reason: 'quota', sinceMs: 0, words: '', needsManager: false }],
    }));
    expect(await find(meiLing.number)).toMatchObject({
      methods: [],
      found: { value: { members: [{ source: 'till' }] } },
    });
    expect(store.calls()).toHaveLength(1);
  });

  it.each([
    [{ kind: 'portal' } as const, 'captive-portal'],
    [{ kind: 'status', status: 502, body: '<html>', when: 'before' } as const, 'server-error'],
    [{ kind: 'error', messages: ['data-signature invalid'], when: 'before' } as const, 'key-refused'],
    [{ kind: 'error', messages: ['access limit reached'], when: 'before' } as const, 'quota'],
    [{ kind: 'error', messages: ['time-stamp is expired'], when: 'before' } as const, 'clock-wrong'],
    [{ kind: 'error', messages: ['blue moon'], when: 'before' } as const, 'refused'],
    [{ kind: 'reset', when: 'before' } as const, 'member-unknown-offline'],
  ])('says in words why: %j', async (fault, code) => {
    const { store, find } = await counter();
    store.addFault({ fault, times: 2 });
    expect((await find('8008010001')).names).toBe(code);
  });
});
