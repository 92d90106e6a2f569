import { describe, expect, it } from 'vitest';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { Driven } from '../kit/driven-till.ts';
import {
  balance,
  entry,
  HOUR_MS,
  number,
  openLosing,
  refuses,
  sends,
  uid,
  type World,
} from '../kit/losing.ts';
import { answerRead } from '../kit/review.ts';
import { hostMember } from '../members/host-member.ts';

const bob = limWei.customerUid;
const MINUTE_MS = 60_000;

/** As a page of the directory brings him. */
const limWeiNow = hostMember();

/** While Ann's top-up waits without a network, her card is given to Bob; the PC has slept where it is to be looked at. */
async function passedOn(waitedMs: number, world: World = {}, annsNewCard = '2002') {
  const driven = await openLosing(world, null);
  await driven.store.setPlug(false);
  await driven.pass(MINUTE_MS);
  const { id } = driven.till.topUp(uid, '10.00');
  await driven.settle();
  driven.till.session.wokeUp();
  await driven.pass(waitedMs);
  driven.store.setMember(uid, { number: annsNewCard });
  driven.store.setMember(bob, { number });
  return { driven, id };
}

async function online(driven: Driven, id: string) {
  await driven.store.setPlug(true);
  driven.till.session.sending.loop.networkChanged();
  await driven.drive(() => !['queued', 'sending'].includes(entry(driven, id).state), 2 * HOUR_MS);
}

const answer = (driven: Driven, id: string, word: 'send' | 'drop') =>
  answerRead(driven.till.session.counter.review, entry(driven, id), word, theManager);

describe('a card that was given to somebody else while a top-up for it waited', () => {
  it.each([
    ['an hour and more', {}],
    ['an hour and more, where nobody is read by an id', { host: { hasQueryByUid: false } }],
  ])('stops what waited for %s and is looked at, with both names', async (_, world) => {
    const { driven, id } = await passedOn(2 * HOUR_MS, world);
    const before = driven.store.member(bob).balance;
    await online(driven, id);
    expect(entry(driven, id)).toMatchObject({
      state: 'review',
      cause: 'card-of-another',
      customerNumber: number,
    });
    const [shown] = driven.till.session.counter.review.cases();
    expect(shown?.cardOf).toMatchObject({ customerUid: bob, number, name: limWei.name });
    expect(shown?.sendable).toBe(true);
    expect(sends(driven)).toHaveLength(0);
    expect([balance(driven), driven.store.member(bob).balance]).toEqual(['120.00', before]);
  });

  it('is sent to whom it was entered for where a manager says so, after a reading by id, and not asked again', async () => {
    const { driven, id } = await passedOn(2 * HOUR_MS);
    const before = driven.store.member(bob).balance;
    await online(driven, id);
    await driven.pass(20 * MINUTE_MS);
    const reads = () => driven.store.calls().filter(({ method }) => method === 'queryByUid').length;
    const readBefore = reads();
    expect(await answer(driven, id, 'send')).toMatchObject({ ok: true });
    expect(reads()).toBe(readBefore + 1);
    driven.till.session.sending.loop.wake();
    await driven.drive(() => entry(driven, id).state === 'confirmed');
    expect([balance(driven), driven.store.member(bob).balance]).toEqual(['130.00', before]);
  });

  it('goes to whom it was entered for where nothing was read since: it is hers by the id', async () => {
    const { driven, id } = await passedOn(30 * MINUTE_MS);
    const before = driven.store.member(bob).balance;
    await online(driven, id);
    expect(entry(driven, id).state).toBe('confirmed');
    expect([balance(driven), driven.store.member(bob).balance]).toEqual(['130.00', before]);
  });

  it('can be dropped, and never sent, on a host that refuses the call by id in words of its own', async () => {
    const { driven, id } = await passedOn(2 * HOUR_MS, { host: { hasQueryByUid: false } });
    const before = driven.store.member(bob).balance;
    await online(driven, id);
    expect(entry(driven, id)).toMatchObject({ state: 'review', cause: 'card-of-another' });
    const read = await driven.till.session.counter.review.read(id);
    expect(read).toMatchObject({ value: { reading: { sums: null, why: 'member-unreadable' } } });
    expect(await answer(driven, id, 'send')).toMatchObject({ error: { code: 'member-unreadable' } });
    expect(await answer(driven, id, 'drop')).toMatchObject({ ok: true });
    expect(entry(driven, id).state).toBe('cancelled');
    expect([balance(driven), driven.store.member(bob).balance]).toEqual(['120.00', before]);
    expect(sends(driven)).toHaveLength(0);
  });

  it('stops it also where a page of the directory told of it, and Ann has no other card', async () => {
    const { driven, id } = await passedOn(MINUTE_MS, { proven: refuses }, '');
    const { customerUid, name } = limWei;
    driven.till.session.members.directory.keep(
      { ...limWeiNow, customerUid, name, number },
      driven.clock.nowMs(),
      true,
    );
    await online(driven, id);
    expect(entry(driven, id)).toMatchObject({ state: 'review', cause: 'card-of-another' });
    await driven.pass(4 * MINUTE_MS);
    expect(await answer(driven, id, 'drop')).toMatchObject({ ok: true });
    expect(entry(driven, id).state).toBe('cancelled');
    expect(sends(driven)).toHaveLength(0);
  });

  it('does not hold a top-up for a member who has a new card, while nobody has the old one', async () => {
    const { driven, id } = await passedOn(2 * HOUR_MS);
    driven.store.setMember(bob, { number: limWei.number });
    await online(driven, id);
    expect(entry(driven, id).state).toBe('confirmed');
    expect(balance(driven)).toBe('130.00');
  });
});
