import { describe, expect, it } from 'vitest';
import type { Driven } from '../kit/driven-till.ts';
import { balance, byAnother, entry, number, openLosing, uid } from '../kit/losing.ts';

const NOBODYS_SECOND = '2024-01-01 00:00:01';
async function topUp(driven: Driven, sum: string): Promise<string> {
  const { id } = driven.till.topUp(uid, sum);
  await driven.drive(() => entry(driven, id).state !== 'queued' && entry(driven, id).state !== 'sending');
  return id;
}

/** The balance at the store began with 120.00. */
describe('a success that fits is final', () => {
  it('attack C1: a member who tops up, spends it at the other till and tops up again is no doubt', async () => {
    const driven = await openLosing({}, null);
    await topUp(driven, '50.00');
    await driven.pass(120_000);
    await byAnother(driven, '-50.00', NOBODYS_SECOND);
    const next = await topUp(driven, '20.00');
    expect(entry(driven, next).state).toBe('confirmed');
    expect(balance(driven)).toBe('140.00');
  });

  it('the same amount after exactly that was spent is confirmed, and nobody is asked', async () => {
    const driven = await openLosing({}, null);
    await topUp(driven, '50.00');
    await driven.pass(60_000);
    await byAnother(driven, '-50.00', NOBODYS_SECOND);
    const again = await topUp(driven, '50.00');
    expect(entry(driven, again).state).toBe('confirmed');
    expect(balance(driven)).toBe('170.00');
  });

  it('attack D7: a clean first send is no double because another till credited the same', async () => {
    const driven = await openLosing({}, null);
    await driven.till.session.members.lookUp.find(number);
    await byAnother(driven, '50.00', NOBODYS_SECOND);
    const ours = await topUp(driven, '50.00');
    expect(entry(driven, ours).state).toBe('confirmed');
    expect(balance(driven)).toBe('220.00');
  });
});
