import { describe, expect, it } from 'vitest';
import type { MemberCard } from '../../../../preload/contract/index.ts';
import { entryOf, memberOf, rules } from '../../support/samples.ts';
import { failed, form, saved } from './top-up-form.ts';

describe('confirming', () => {
  it('asks once, however often it is pressed while the answer is under way', async () => {
    const { ready, confirm, created, answer, state } = form();
    await ready();
    const pressed = [confirm(), confirm(), confirm()];
    answer(saved);
    await Promise.all(pressed);
    await confirm();
    expect(created).toEqual([
      {
        requestId: 'id-1',
        customerUid: '231607639459718452',
        customerNumber: '8008010001',
        customerName: 'Tan Mei Ling',
        balanceIncrement: '50',
        pointIncrement: '0',
        note: '',
        tender: null,
        given: null,
      },
    ]);
    expect(state()).toMatchObject({ member: null, memberText: '', amountText: '', saved: saved.value });
    expect(state().focus.to).toBe('member');
  });

  it('sends the same form as meant twice only when the cashier says so', async () => {
    const { ready, confirm, created, answer, state } = form();
    await ready();
    const first = confirm();
    answer(failed('asked-twice'));
    await first;
    expect(state()).toMatchObject({ failure: { code: 'asked-twice' }, amountText: '50', saved: null });
    const repeated = confirm();
    answer(failed('asked-twice'));
    await repeated;
    const meant = confirm(true);
    answer(saved);
    await meant;
    expect(created.map(({ requestId, again }) => [requestId, again])).toEqual([
      ['id-1', undefined],
      ['id-1', undefined],
      ['id-1', true],
    ]);
    expect(state().saved).toEqual(saved.value);
  });

  it('takes no key that would answer the question by changing the form', async () => {
    const { ready, confirm, answer, edit, pay, state } = form();
    await ready();
    const first = confirm();
    answer(failed('asked-twice'));
    await first;
    edit('amountText', '509');
    pay('card');
    expect(state()).toMatchObject({ failure: { code: 'asked-twice' }, amountText: '50' });
  });

  it('is over where once is right: nothing stays that could be entered again', async () => {
    const { ready, confirm, answer, clear, state } = form();
    await ready();
    const first = confirm();
    answer(failed('asked-twice'));
    await first;
    clear();
    expect(state()).toMatchObject({ failure: null, member: null, amountText: '', saved: null });
  });

  it('says Saved for nothing that was refused, and keeps what was typed', async () => {
    const { ready, confirm, answer, state } = form();
    await ready();
    const pressed = confirm();
    expect(state().saved).toBeNull();
    answer(failed('disk-full'));
    await pressed;
    expect(state()).toMatchObject({ saved: null, failure: { code: 'disk-full' }, amountText: '50' });
  });

  it('keeps the request id when the same form is confirmed again after a failure', async () => {
    const { ready, confirm, created, answer } = form();
    await ready();
    const first = confirm();
    answer(failed('internal'));
    await first;
    const second = confirm();
    answer(saved);
    await second;
    expect(created.map(({ requestId }) => requestId)).toEqual(['id-1', 'id-1']);
  });

  it('takes a new id for a form that changed after a failure, or that was begun anew', async () => {
    const { ready, confirm, created, answer, edit, clear } = form();
    await ready();
    for (const step of [() => edit('amountText', '60'), clear]) {
      const pressed = confirm();
      answer(failed('internal'));
      await pressed;
      step();
    }
    await ready('60');
    const last = confirm();
    answer(saved);
    await last;
    expect(created.map(({ requestId }) => requestId)).toEqual(['id-1', 'id-2', 'id-3']);
  });

  it('takes a new id after a success, so the same top-up can be made twice on purpose', async () => {
    const { ready, confirm, created, answer } = form();
    for (const _ of [1, 2]) {
      await ready();
      const pressed = confirm();
      answer(saved);
      await pressed;
    }
    expect(created.map(({ requestId }) => requestId)).toEqual(['id-1', 'id-2']);
  });

  it('changes nothing of the form while it is being written down', async () => {
    const { ready, confirm, edit, typeMember, clear, answer, created, state } = form();
    await ready();
    const pressed = confirm();
    edit('amountText', '500');
    typeMember('1');
    clear();
    expect(state()).toMatchObject({ amountText: '50', memberText: '8008010001' });
    answer(saved);
    await pressed;
    expect(created).toHaveLength(1);
  });
});

describe('looking up', () => {
  it('never takes the first of several', async () => {
    const two = [memberOf(), memberOf({ customerUid: '2', name: 'Tan Wei' })];
    const { typeMember, lookUp, state, choose } = form(two);
    typeMember('91235640');
    await lookUp();
    expect(state()).toMatchObject({ member: null, choices: two });
    choose(memberOf({ customerUid: '2', name: 'Tan Wei' }));
    expect(state()).toMatchObject({ member: { customerUid: '2' }, choices: null });
  });

  it('tells when nobody was found', async () => {
    const { typeMember, lookUp, state } = form([]);
    typeMember('1');
    await lookUp();
    expect(state().lookupError).toEqual({ code: 'member-not-found' });
  });

  it('says that there is no network no longer than that is so', async () => {
    const { store, backOnline, state } = form();
    store.setState({ lookupError: { code: 'member-not-found' } });
    backOnline();
    expect(state().lookupError).toEqual({ code: 'member-not-found' });
    store.setState({ lookupError: { code: 'member-unknown-offline' } });
    backOnline();
    expect(state().lookupError).toBeNull();
  });

  it('drops an answer to what is no longer asked', async () => {
    const { typeMember, lookUp, state } = form();
    typeMember('8008010001');
    const asked = lookUp();
    typeMember('8');
    await asked;
    expect(state()).toMatchObject({ member: null, memberText: '8', looking: 'no' });
  });

  it('forgets the member with the first changed letter, so nobody else is credited', async () => {
    const { ready, typeMember, state } = form();
    await ready();
    typeMember('8008010002');
    expect(state().member).toBeNull();
  });

  it('keeps the card true while its entries go their way', async () => {
    const { ready, refreshCard, state } = form();
    await ready();
    await refreshCard();
    expect(state().member?.balance).toBe('170.00');
  });
});

it('goes on saying what was last known of what was saved when the day’s list goes on without it', async () => {
  const { ready, confirm, answer, keepSaved, state } = form();
  await ready();
  const written = confirm();
  answer(saved);
  await written;
  const done = entryOf({ state: 'confirmed' });
  keepSaved([], [entryOf()]);
  keepSaved([entryOf()], [done]);
  expect(state().saved?.state).toBe('queued');
  keepSaved([entryOf({ id: 'another' }), done], [entryOf({ id: 'another' })]);
  expect(state().saved).toBe(done);
});

describe.each(['typed', 'scanned'] as const)('another number that is %s', (how) => {
  const limWei = memberOf({ customerUid: '2', number: 'VIP-0012', name: 'Lim Wei' });
  const meiLing = memberOf();
  const typed = { amountText: '50', noteText: 'red packet', tender: 'card' };
  const empty = { amountText: '', noteText: '', tender: '' };

  /** Mei Ling is on the form with all that can be typed, and then whoever is looked up. */
  async function ready() {
    const found = [meiLing];
    const made = form(found);
    await made.ready('50');
    made.edit('noteText', 'red packet');
    made.pay('card');
    const take = async (...members: MemberCard[]) => {
      found.splice(0, found.length, ...members);
      const number = members[0]?.number ?? 'nobody';
      // A scanner's first digit lands in the field too, and lets the member go.
      made.typeMember(how === 'typed' ? number : '80080100018');
      expect(made.state().member).toBeNull();
      await (how === 'typed' ? made.lookUp() : made.scan(number));
    };
    return { ...made, take };
  }

  it('takes off what was typed with the member whose it was, and books it for nobody', async () => {
    const { take, confirm, state, created } = await ready();
    await take(limWei);
    expect(state()).toMatchObject({ member: limWei, ...empty });
    expect(await confirm()).toBeNull();
    await take(memberOf({ customerUid: '3' }));
    expect(state()).toMatchObject({ member: { customerUid: '3' }, ...empty });
    expect(created).toEqual([]);
  });

  it('gives it back to the same member alone, also after a number that nobody has', async () => {
    const { take, state } = await ready();
    await take();
    expect(state()).toMatchObject({ lookupError: { code: 'member-not-found' }, ...empty });
    await take(meiLing);
    expect(state()).toMatchObject({ member: meiLing, ...typed });
  });
});

describe('the button that cannot book yet', () => {
  it('moves the ring to what is missing, where the next key answers', async () => {
    const { ask, edit, pay, typeMember, lookUp, store, state, created } = form();
    const asked = () => {
      ask();
      return state().focus.to;
    };
    expect(asked()).toBe('member');
    typeMember('8008010001');
    await lookUp();
    expect(asked()).toBe('amount');
    edit('amountText', '50');
    store.setState({ rules: { ...rules, tenders: ['cash', 'card'] } });
    expect(asked()).toBe('tender');
    pay('cash');
    edit('givenText', '20');
    store.setState({ focus: { to: null, turn: 0 } });
    expect(asked()).toBe('given');
    expect(created).toEqual([]);
  });

  it('looks up a number that was only keyed, and books nothing', async () => {
    const { ask, typeMember, edit, state, created } = form();
    edit('amountText', '50');
    typeMember('8008010001');
    ask();
    await expect.poll(() => state().member?.number).toBe('8008010001');
    expect(created).toEqual([]);
  });

  it('goes back for the sum where a way to pay was chosen first', async () => {
    const { pay, edit, state } = form();
    pay('cash');
    expect(state()).toMatchObject({ tender: 'cash', focus: { to: 'amount' } });
    edit('amountText', '5');
    pay('cash');
    expect(state().focus.to).toBe('given');
    pay('card');
    expect(state().focus.to).toBe('confirm');
  });
});
