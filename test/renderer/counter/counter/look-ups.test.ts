import { describe, expect, it } from 'vitest';
import { amount, type MemberCard, type Result } from '../../../../preload/contract/index.ts';
import { nothingTyped } from '../../../../renderer/counter/counter/top-up.ts';
import { createTopUpStore } from '../../../../renderer/counter/counter/top-up-store.ts';
import { entryOf, memberOf, rules } from '../../support/samples.ts';

type Found = Result<{ members: MemberCard[]; isForPicker: boolean; stillAsking: string | null }>;
type Answered = Result<{ members: MemberCard[]; isForPicker: boolean }>;

const meiLing = memberOf();
const limWei = memberOf({ customerUid: '2', number: 'VIP-0012', name: 'Lim Wei' });

const found = (members: MemberCard[], stillAsking: string | null = null): Found => ({
  ok: true,
  value: { members, isForPicker: members.length > 1, stillAsking },
});

const told = (members: MemberCard[]): Answered => ({
  ok: true,
  value: { members, isForPicker: members.length > 1 },
});

/** A form whose look-ups, their later answers and its clock wait for the test. */
function form() {
  const asked: { query: string; answer: (reply: Found) => void }[] = [];
  const late = new Map<string, (reply: Answered) => void>();
  const due: { atMs: number; action: () => void }[] = [];
  const created: string[] = [];
  const instead: (string | undefined)[] = [];
  let nowMs = 0;
  const fail = { next: false, now: (): void => undefined, settle: () => settle() };
  const made = createTopUpStore({
    create: async ({ customerUid, insteadOf }) => {
      created.push(customerUid);
      instead.push(insteadOf);
      if (!fail.next) return { ok: true, value: entryOf({ customerUid }) };
      await new Promise<void>((resolve) => {
        fail.now = resolve;
      });
      return { ok: false, error: { code: 'disk-full' } };
    },
    find: ({ query }) => new Promise((answer) => asked.push({ query, answer })),
    answer: ({ lookUp }) => new Promise((answer) => late.set(lookUp, answer)),
    card: async () => ({ ok: true, value: meiLing }),
    newId: () => 'id',
    after: (delayMs, action) => {
      const one = { atMs: nowMs + delayMs, action };
      due.push(one);
      return () => void due.splice(due.indexOf(one), due.includes(one) ? 1 : 0);
    },
  });
  made.store.setState({ rules });
  const settle: () => Promise<void> = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    ...made,
    asked,
    created,
    instead,
    fail,
    state: made.store.getState,
    answer: async (index: number, reply: Found) => {
      asked[index]?.answer(reply);
      await settle();
    },
    answerLate: async (lookUp: string, reply: Answered) => {
      late.get(lookUp)?.(reply);
      await settle();
    },
    pass: (ms: number) => {
      nowMs += ms;
      for (const one of due.splice(0)) {
        if (one.atMs <= nowMs) one.action();
        else due.push(one);
      }
    },
  };
}

describe('one of whom nobody is sure', () => {
  it('is offered, and on the form only once a person has picked', async () => {
    const { scan, answer, choose, state } = form();
    void scan('LIM');
    await answer(0, { ok: true, value: { members: [limWei], isForPicker: true, stillAsking: null } });
    expect(state()).toMatchObject({ member: null, choices: [limWei], lookupError: null });
    choose(limWei);
    expect(state()).toMatchObject({ member: limWei, choices: null });
  });
});

it('takes the code of a receipt for no card, and asks nobody', () => {
  const { scan, asked, state } = form();
  void scan(`CFS1${'A'.repeat(45)}`);
  expect(asked).toEqual([]);
  expect(state()).toMatchObject({ member: null, lookupError: { code: 'receipt-scanned' } });
});

describe('a look-up under way', () => {
  it('lets the cashier go on with the amount at once, which belongs to whom is looked up', async () => {
    const { scan, edit, answer, state } = form();
    void scan('8008010001');
    expect(state().focus.to).toBe('amount');
    edit('amountText', '50');
    await answer(0, found([meiLing]));
    expect(state()).toMatchObject({ member: meiLing, amountText: '50', looking: 'no' });
  });

  it('says so after a while, says that KYBIO is slow later, and nothing once it has ended', async () => {
    const { scan, answer, pass, state } = form();
    void scan('8008010001');
    expect(state().looking).toBe('quiet');
    pass(200);
    expect(state().looking).toBe('told');
    pass(3_800);
    expect(state().looking).toBe('slow');
    await answer(0, found([meiLing]));
    pass(10_000);
    expect(state().looking).toBe('no');
  });

  it('gives way to the newest scan, whichever answer comes first', async () => {
    const { scan, answer, asked, state } = form();
    void scan('8008010001');
    void scan('VIP-0012');
    expect(asked.map(({ query }) => query)).toEqual(['8008010001', 'VIP-0012']);
    await answer(1, found([limWei]));
    await answer(0, found([meiLing]));
    expect(state()).toMatchObject({ member: limWei, memberText: 'VIP-0012' });
  });

  it('drops the amounts of the member before at once, and brings them back for that one alone', async () => {
    const { scan, edit, answer, state } = form();
    void scan('8008010001');
    await answer(0, found([meiLing]));
    edit('amountText', '50');
    void scan('VIP-0012');
    expect(state()).toMatchObject({ member: null, amountText: '' });
    edit('amountText', '7');
    await answer(1, found([limWei]));
    expect(state()).toMatchObject({ member: limWei, amountText: '7' });

    void scan('8008010001');
    await answer(2, found([meiLing]));
    expect(state()).toMatchObject({ member: meiLing, amountText: '' });
    edit('amountText', '50');
    void scan('4711');
    await answer(3, found([]));
    void scan('8008010001');
    await answer(4, found([meiLing]));
    expect(state()).toMatchObject({ member: meiLing, amountText: '50' });
  });

  it('leaves the focus with whoever is typing the amount when nobody was found', async () => {
    const { scan, edit, answer, state } = form();
    void scan('4711');
    await answer(0, found([]));
    expect(state().focus.to).toBe('member');
    void scan('4711');
    edit('amountText', '5');
    await answer(1, found([]));
    expect(state().focus.to).toBe('amount');
    // The sum stood there before: what is corrected now is the number.
    void scan('4712');
    await answer(2, found([]));
    expect(state()).toMatchObject({ amountText: '5', focus: { to: 'member' } });
  });

  it('takes the focus out of a form that is closed for this member', async () => {
    const { scan, answer, state } = form();
    void scan('8008010001');
    await answer(0, found([memberOf({ status: 'disabled' })]));
    expect(state().focus.to).toBe('member');
  });
});

describe('what the till has kept, until KYBIO answers', () => {
  const kept = memberOf({ source: 'till', balance: amount('1') });

  it('is usable, and brought up to date', async () => {
    const { scan, edit, answer, answerLate, state } = form();
    void scan('8008010001');
    await answer(0, found([kept], 'look-up 1'));
    expect(state().member).toBe(kept);
    edit('amountText', '50');
    await answerLate('look-up 1', told([meiLing]));
    expect(state()).toMatchObject({ member: meiLing, amountText: '50' });
  });

  it('leaves the form where KYBIO says that the card is another member’s now', async () => {
    const { scan, edit, confirm, answer, answerLate, created, state } = form();
    void scan('8008010001');
    await answer(0, found([kept], 'look-up 1'));
    edit('amountText', '50');
    await answerLate('look-up 1', told([limWei]));
    expect(state()).toMatchObject({ member: null, amountText: '', lookupError: { code: 'member-changed' } });
    await confirm();
    expect(created).toEqual([]);
  });

  it('leaves the form where KYBIO knows nobody, and stays where KYBIO says nothing', async () => {
    const { scan, answer, answerLate, state } = form();
    void scan('8008010001');
    await answer(0, found([kept], 'look-up 1'));
    await answerLate('look-up 1', { ok: false, error: { code: 'no-answer' } });
    expect(state()).toMatchObject({ member: kept, lookupError: null });
    void scan('8008010001');
    await answer(1, found([kept], 'look-up 2'));
    await answerLate('look-up 2', { ok: false, error: { code: 'member-not-found' } });
    expect(state()).toMatchObject({ member: null, lookupError: { code: 'member-not-found' } });
  });

  it('does not change the member after the next card was scanned, or after the top-up', async () => {
    const { scan, edit, confirm, answer, answerLate, pass, state } = form();
    void scan('8008010001');
    await answer(0, found([kept], 'look-up 1'));
    void scan('VIP-0012');
    await answer(1, found([limWei], 'look-up 2'));
    await answerLate('look-up 1', told([meiLing]));
    expect(state().member).toBe(limWei);
    edit('amountText', '5');
    pass(1_000);
    await confirm();
    await answerLate('look-up 2', told([limWei]));
    expect(state()).toMatchObject({ member: null, saved: { customerUid: '2' } });
  });

  it('puts KYBIO’s own record on the form where it came before the choice', async () => {
    const { scan, choose, answer, answerLate, state } = form();
    void scan('91235640');
    await answer(0, found([kept, limWei], 'look-up 1'));
    expect(state()).toMatchObject({ member: null, choices: [kept, limWei] });
    await answerLate('look-up 1', told([meiLing, limWei]));
    expect(state().choices).toEqual([kept, limWei]);
    choose(kept);
    expect(state()).toMatchObject({ member: meiLing, focus: { to: 'amount' } });
  });

  it('lets nobody be picked whom KYBIO no longer names', async () => {
    const { scan, choose, confirm, edit, answer, answerLate, created, state } = form();
    void scan('8008010001');
    await answer(0, found([kept, limWei], 'look-up 1'));
    await answerLate('look-up 1', told([limWei]));
    choose(kept);
    expect(state()).toMatchObject({
      ...{ member: null, choices: null, lookupError: { code: 'member-changed' } },
      focus: { to: 'member' },
    });
    edit('amountText', '50');
    await confirm();
    expect(created).toEqual([]);
  });

  it('asks who it is where KYBIO names more than the till had kept', async () => {
    const { scan, edit, choose, answer, answerLate, pass, state } = form();
    void scan('91235640');
    await answer(0, found([kept], 'look-up 1'));
    edit('amountText', '50');
    await answerLate('look-up 1', told([meiLing, limWei]));
    expect(state()).toMatchObject({ member: null, choices: [meiLing, limWei], amountText: '' });
    choose(meiLing);
    pass(1_000);
    expect(state()).toMatchObject({ member: meiLing, amountText: '50' });

    void scan('91235640');
    await answer(1, found([kept], 'look-up 2'));
    await answerLate('look-up 2', told([meiLing, limWei]));
    choose(limWei);
    expect(state()).toMatchObject({ member: limWei, amountText: '' });
  });
});

it('drops what was typed for a card that another scan came before', async () => {
  const { scan, edit, answer, state } = form();
  void scan('8008010001');
  edit('amountText', '50');
  void scan('VIP-0012');
  await answer(1, found([limWei]));
  expect(state()).toMatchObject({ member: limWei, amountText: '' });
});

it('hears KYBIO’s late answer once a top-up that failed has ended', async () => {
  const { scan, edit, confirm, answer, answerLate, fail, pass, state } = form();
  fail.next = true;
  void scan('8008010001');
  await answer(0, found([memberOf({ source: 'till' })], 'look-up 1'));
  edit('amountText', '5');
  pass(1_000);
  const written = confirm();
  await answerLate('look-up 1', told([limWei]));
  expect(state().sending).toBe(true);
  fail.now();
  await written;
  await fail.settle();
  expect(state()).toMatchObject({ member: null, lookupError: { code: 'member-changed' } });
});

describe('entering again what was refused', () => {
  it('fills the form for the same member only, and confirms nothing', async () => {
    const { enterAgain, choose, answer, asked, created, state } = form();
    const amounts = { ...nothingTyped, amountText: '50.00', noteText: 'n', tender: 'card' };
    void enterAgain(entryOf(), amounts);
    await answer(0, found([meiLing]));
    expect(asked[0]?.query).toBe('8008010001');
    expect(state()).toMatchObject({ member: meiLing, ...amounts });
    void enterAgain(entryOf(), amounts);
    await answer(1, found([limWei]));
    expect(state()).toMatchObject({ member: limWei, amountText: '' });
    void enterAgain(entryOf(), amounts);
    await answer(2, found([limWei, meiLing]));
    choose(meiLing);
    expect(state()).toMatchObject({ member: meiLing, ...amounts });
    expect(created).toEqual([]);
  });

  it('says of which entry it is made, and of none once another member is up', async () => {
    const { enterAgain, confirm, answer, instead, pass } = form();
    const amounts = { ...nothingTyped, amountText: '50.00', tender: 'card' };
    void enterAgain(entryOf({ id: 'refused' }), amounts);
    await answer(0, found([meiLing]));
    pass(1_000);
    void confirm();
    expect(instead).toEqual(['refused']);
    const others = form();
    void others.enterAgain(entryOf({ id: 'refused' }), amounts);
    await others.answer(0, found([limWei]));
    others.edit('amountText', '50');
    void others.scan(meiLing.number);
    await others.answer(1, found([meiLing]));
    others.edit('amountText', '50');
    others.pass(1_000);
    void others.confirm();
    expect(others.instead).toEqual([undefined]);
  });
});

it('looks up a card right after the top-up during whose writing it was scanned', async () => {
  const { scan, edit, confirm, answer, asked, pass, state } = form();
  void scan('8008010001');
  await answer(0, found([meiLing]));
  edit('amountText', '5');
  pass(1_000);
  const written = confirm();
  void scan('VIP-0012');
  expect(asked).toHaveLength(1);
  await written;
  await answer(1, found([limWei]));
  expect(state()).toMatchObject({
    member: limWei,
    amountText: '',
    saved: { customerUid: meiLing.customerUid },
  });
});
