import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ShopPerson } from '../../main/chain/shop.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import {
  type ChainTill,
  codeOf,
  openJoined,
  owner,
  policyAt,
  shownChain as shown,
} from '../kit/chain-till.ts';
import { LIVE_PIN } from '../kit/live-program.ts';
import { topUp } from '../kit/program.ts';

// A till whose people came from the owner: nobody of them has a PIN here yet.

const mei: ShopPerson = { id: 'p1', name: 'Mei', role: 'manager', language: null };
const ben: ShopPerson = { id: 'p2', name: 'Ben', role: 'cashier', language: null };
const meisPin = '482915';
const bensPin = '391726';

const signIn = async (till: ChainTill, person: string, pin: string) =>
  codeOf(await till.call('people:signIn', { person, pin }));
const give = async (till: ChainTill, id: string, newPin: string, pin?: unknown) =>
  codeOf(await till.call('people:givePin', { id, newPin, ...(pin === undefined ? {} : { pin }) } as never));
const enter = async (till: ChainTill) => codeOf(await till.call('topUps:create', topUp(meiLing)));

describe('where nobody has a PIN yet', () => {
  it('the till’s own PIN gives the first one, and opens nothing else', async () => {
    const till = await openJoined({ people: [mei, ben] });
    expect(await enter(till)).toBe('till-locked');
    for (const pin of ['', '0000', meisPin, LIVE_PIN])
      expect(await signIn(till, 'p1', pin)).toBe('person-pin-lost none');
    expect(await give(till, 'p1', meisPin)).toBe('till-locked');
    expect(await give(till, 'p1', meisPin, { person: 'p1', pin: meisPin })).toBe('person-pin-lost none');
    expect(await give(till, 'p1', meisPin, { person: 'p2', pin: bensPin })).toMatch(
      /person-pin-lost|approver/,
    );
    expect(await give(till, 'p1', meisPin, '111222')).toBe('manager-pin-wrong');
    const policy = await till.call('policy:get', {});
    expect(codeOf(policy)).toBe('till-locked');
    expect(codeOf(await till.call('chain:leave', { pin: LIVE_PIN }))).toBe('approver-not-manager');
    expect(await give(till, 'p1', meisPin, LIVE_PIN)).toBe('ok');
    // It brings somebody in who can; from then on the manager gives the others theirs.
    expect(await signIn(till, 'p1', meisPin)).toBe('ok');
    expect(await give(till, 'p2', bensPin)).toBe('manager-locked each-time');
    expect(await give(till, 'p2', bensPin, { person: 'p1', pin: meisPin })).toBe('ok');
    await till.must('people:lock', {});
    expect(await signIn(till, 'p2', bensPin)).toBe('ok');
    await till.must('members:find', { query: meiLing.number });
    expect(await enter(till)).toBe('ok');
    // Ben brings nobody in.
    expect(await give(till, 'p2', '515151', { person: 'p2', pin: bensPin })).toBe('approver-not-manager');
  });

  it('and the only manager forgot theirs, the till’s own brings them in again, and that one its recovery code', async () => {
    const till = await openJoined({ people: [mei, ben] });
    await give(till, 'p1', meisPin, LIVE_PIN);
    await give(till, 'p2', bensPin, LIVE_PIN);
    await signIn(till, 'p2', bensPin);
    await till.must('people:lock', {});
    expect(await signIn(till, 'p1', '000000')).toBe('person-pin-wrong');
    const { recoveryCode } = await till.must('manager:recover', {
      ...{ recoveryCode: till.recoveryCode, pin: '940218' },
    });
    expect(recoveryCode).not.toBe(till.recoveryCode);
    expect(await give(till, 'p1', '730194', LIVE_PIN)).toBe('manager-pin-wrong');
    expect(await give(till, 'p1', '730194', '940218')).toBe('ok');
    expect(await signIn(till, 'p1', meisPin)).toBe('person-pin-wrong');
    expect(await signIn(till, 'p1', '730194')).toBe('ok');
  });

  it('guesses of the till’s own PIN end in its lock, which ends', async () => {
    const till = await openJoined({ people: [mei] });
    const codes: string[] = [];
    for (let guess = 0; guess < 8; guess += 1) codes.push(await give(till, 'p1', meisPin, `11122${guess}`));
    expect(codes[0]).toBe('manager-pin-wrong');
    expect(codes.at(-1)).toBe('manager-locked-out');
    expect(await give(till, 'p1', meisPin, LIVE_PIN)).toBe('manager-locked-out');
  });
});

describe('people who would lock a till in use', () => {
  it('wait for a manager who is there, and with them all else that was signed', async () => {
    const till = await openJoined();
    till.put(owner.sign({ version: 2, people: [mei, ben], policy: { keypad: true } }));
    const alone = await till.reopen();
    await alone.until(({ chain }) => chain?.problem !== null);
    expect(shown(alone)).toMatchObject({
      ...{ taken: { version: 1 }, next: { version: 2 } },
      problem: { code: 'shop-refused', details: { reason: 'pins' } },
    });
    expect((await policyAt(alone)).keypad).toBe(false);
    await alone.must('members:find', { query: meiLing.number });
    expect(await enter(alone)).toBe('ok');
    expect(await alone.look()).toBe('ok');
    expect(shown(alone)).toMatchObject({ taken: { version: 2 }, next: null, problem: null });
    expect(await enter(alone)).toBe('till-locked');
    // What nobody can use already is not locked by the next one.
    alone.put(owner.sign({ version: 3, people: [mei], policy: { keypad: false } }));
    const again = await alone.reopen();
    await again.until(({ chain }) => chain?.taken?.version === 3);
  });

  it('do not wait where one of them has a PIN here', async () => {
    const till = await openJoined({ people: [mei] });
    await give(till, 'p1', meisPin, LIVE_PIN);
    writeFileSync(join(till.shared, 'shop.json'), owner.sign({ version: 2, people: [mei, ben] }));
    const again = await till.reopen();
    await again.until(({ chain }) => chain?.taken?.version === 2);
    expect(await signIn(again, 'p1', meisPin)).toBe('ok');
    // Without her nobody could come in.
    await again.must('people:lock', {});
    const tom: ShopPerson = { ...mei, id: 'p3', name: 'Tom' };
    again.put(owner.sign({ version: 3, people: [tom, ben] }));
    const later = await again.reopen();
    await later.until(({ chain }) => chain?.problem !== null);
    expect(shown(later)?.problem?.details).toEqual({ reason: 'pins' });
    expect(await signIn(later, 'p1', meisPin)).toBe('ok');
  });
});
