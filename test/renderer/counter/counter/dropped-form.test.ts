import { describe, expect, it } from 'vitest';
import { memberOf } from '../../support/samples.ts';
import { failed, form, saved } from './top-up-form.ts';

describe('a form that a scan dropped', () => {
  const limWei = memberOf({ customerUid: '2', number: 'VIP-0012', name: 'Lim Wei' });
  const typed = { amountText: '50', noteText: 'red packet', tender: 'card' };

  async function dropped() {
    const found = [memberOf()];
    const made = form(found);
    await made.ready('50');
    made.edit('noteText', 'red packet');
    made.pay('card');
    found.splice(0, 1, limWei);
    await made.scan('VIP-0012');
    return { ...made, found };
  }

  it('is brought back whole by Undo, member and all, and nothing is booked', async () => {
    const { state, undo, created } = await dropped();
    expect(state()).toMatchObject({ member: limWei, amountText: '', dropped: { member: memberOf(), typed } });
    undo();
    expect(state()).toMatchObject({ member: memberOf(), memberText: '8008010001', ...typed, dropped: null });
    expect(state().focus.to).toBe('amount');
    expect(created).toEqual([]);
  });

  it('is kept over one more scan, and over a card that nobody has', async () => {
    const { state, scan, found, undo } = await dropped();
    found.splice(0, 1);
    await scan('nobody');
    expect(state().lookupError).toMatchObject({ code: 'member-not-found' });
    expect(state().dropped).toMatchObject({ typed });
    undo();
    expect(state()).toMatchObject({ member: memberOf(), lookupError: null, ...typed });
  });

  it('is kept over the next sums until they are saved: Undo exchanges the two', async () => {
    const { state, edit, pay, undo, confirm, answer, created } = await dropped();
    edit('amountText', '20');
    pay('card');
    expect(state()).toMatchObject({ member: limWei, amountText: '20', dropped: { typed } });
    undo();
    expect(state()).toMatchObject({ member: memberOf(), ...typed, dropped: { member: limWei } });
    undo();
    expect(state()).toMatchObject({ member: limWei, amountText: '20', dropped: { member: memberOf() } });
    expect(created).toEqual([]);
    const sent = confirm();
    answer(saved);
    await sent;
    expect(created).toMatchObject([{ customerUid: '2' }]);
    expect(state().dropped).toBeNull();
  });

  it('is exchanged for a note alone, too', async () => {
    const { state, edit, undo } = await dropped();
    edit('noteText', 'from her aunt');
    undo();
    expect(state()).toMatchObject({
      ...typed,
      dropped: { member: limWei, typed: { noteText: 'from her aunt' } },
    });
  });

  it('is over where the same card comes again', async () => {
    const third = form();
    await third.ready('50');
    await third.scan('8008010001');
    expect(third.state()).toMatchObject({ member: memberOf(), amountText: '50', dropped: null });
  });

  it('is kept where the next card is scanned twice, and where a field is emptied', async () => {
    const { state, scan, edit } = await dropped();
    await scan('VIP-0012');
    expect(state()).toMatchObject({ member: limWei, dropped: { member: memberOf(), typed } });
    edit('amountText', '');
    expect(state().dropped).toMatchObject({ typed });
  });

  it('may have been cleared: Undo brings it back, until the next member is scanned', async () => {
    const { ready, edit, pay, clear, undo, scan, state, created } = form();
    await ready('50');
    edit('noteText', 'red packet');
    pay('card');
    clear();
    expect(state()).toMatchObject({ member: null, amountText: '', dropped: { member: memberOf(), typed } });
    clear();
    undo();
    expect(state()).toMatchObject({ member: memberOf(), ...typed, dropped: null });
    clear();
    await scan('8008010001');
    expect(state()).toMatchObject({ member: memberOf(), amountText: '', dropped: null });
    expect(created).toEqual([]);
  });

  it('may have had no member', () => {
    const { edit, clear, undo, state } = form();
    edit('amountText', '50');
    clear();
    undo();
    expect(state()).toMatchObject({ member: null, memberText: '', looking: 'no', amountText: '50' });
  });

  it('comes back as the request that was not answered, which books once', async () => {
    const { ready, confirm, answer, clear, undo, created } = form();
    await ready('50');
    const first = confirm();
    answer(failed('internal'));
    await first;
    clear();
    undo();
    void confirm();
    expect(created[1]).toMatchObject({ requestId: created[0]?.requestId });
  });

  it('was none where nothing was typed', async () => {
    const found = [memberOf()];
    const { typeMember, lookUp, scan, state } = form(found);
    typeMember('8008010001');
    await lookUp();
    found.splice(0, 1, limWei);
    await scan('VIP-0012');
    expect(state()).toMatchObject({ member: limWei, dropped: null });
  });
});
