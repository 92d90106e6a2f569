import { describe, expect, it } from 'vitest';
import type { KnownMember } from '../../main/members/directory-repository.ts';
import { type FreshQuestion, freshMember, isFresh } from '../../main/members/freshness.ts';
import { amount } from '../../preload/contract/index.ts';
import { asRead } from './host-member.ts';

const NOW_MS = 1_000_000_000;
const member = (change: Partial<KnownMember> = {}): KnownMember => ({
  ...{ customerUid: '7', number: 'A7', name: 'Mei', categoryName: '', phone: '91235640', enable: 1 },
  ...{ balance: amount('1'), point: amount('0'), expiryDate: null, asOfMs: NOW_MS - 60_000 },
  ...change,
});

const ask = (owner: KnownMember | null, change: Partial<FreshQuestion> = {}) =>
  freshMember({
    named: { customerUid: '7', atMs: NOW_MS - 1_000 },
    owner,
    baseline: owner === null ? null : { ...asRead(owner), atMs: owner.asOfMs },
    nowMs: NOW_MS,
    freshMs: 180_000,
    ...change,
  })?.customerUid ?? null;

describe('a reading', () => {
  it.each([
    [NOW_MS, true],
    [NOW_MS - 179_999, true],
    [NOW_MS - 180_000, false],
    [NOW_MS + 1, false],
    [NOW_MS + 3_600_000, false],
  ])('of %d is fresh: %j', (asOfMs, fresh) => {
    expect(isFresh(asOfMs, NOW_MS, 180_000)).toBe(fresh);
    expect(isFresh(asOfMs, NOW_MS, 0)).toBe(false);
  });
});

describe('a member need not be read again', () => {
  it('whom KYBIO named under this very query a moment ago', () => {
    expect(ask(member())).toBe('7');
  });

  it('and is, where the reading is old, from after now, or none that the till relies on', () => {
    expect(ask(member({ asOfMs: NOW_MS - 180_000 }))).toBeNull();
    expect(ask(member({ asOfMs: NOW_MS + 5 }))).toBeNull();
    expect(ask(member(), { freshMs: 0 })).toBeNull();
    expect(ask(member(), { baseline: null })).toBeNull();
    const older = { balance: amount('1'), point: amount('0'), atMs: NOW_MS - 70_000 };
    expect(ask(member(), { baseline: older })).toBeNull();
  });

  it('and is, where KYBIO did not name anybody by it lately, however new the sums are', () => {
    expect(ask(member(), { named: undefined })).toBeNull();
    expect(
      ask(member({ asOfMs: NOW_MS }), { named: { customerUid: '7', atMs: NOW_MS - 180_000 } }),
    ).toBeNull();
  });

  it('and is, where it is somebody else’s by now, or nobody’s', () => {
    expect(ask(member({ customerUid: '8' }))).toBeNull();
    expect(ask(null)).toBeNull();
  });
});
