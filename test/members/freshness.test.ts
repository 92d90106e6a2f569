import { describe, expect, it } from 'vitest';
import { sortKept } from '../../main/members/ask-host.ts';
import type { KnownMember } from '../../main/members/directory-repository.ts';
import { freshMember, isFresh } from '../../main/members/freshness.ts';
import { amount } from '../../preload/contract/index.ts';

const NOW_MS = 1_000_000_000;
const member = (change: Partial<KnownMember> = {}): KnownMember => ({
  ...{ customerUid: '7', number: 'A7', name: 'Mei', categoryName: '', phone: '91235640', enable: 1 },
  ...{ balance: amount('1'), point: amount('0'), expiryDate: null, asOfMs: NOW_MS - 60_000 },
  ...change,
});

const ask = (query: string, members: readonly KnownMember[], change: object = {}) =>
  freshMember({
    kept: sortKept(query, members),
    baselineOf: (uid) => {
      const of = members.find(({ customerUid }) => customerUid === uid);
      return of === undefined ? null : { balance: of.balance, point: of.point, atMs: of.asOfMs };
    },
    phoneAskedAtMs: null,
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
  it('who was found alone by the card, whatever its case', () => {
    expect(ask('A7', [member()])).toBe('7');
    expect(ask('a7', [member()])).toBe('7');
  });

  it('and is, where the reading is old, from after now, or none that the till believes', () => {
    expect(ask('A7', [member({ asOfMs: NOW_MS - 180_000 })])).toBeNull();
    expect(ask('A7', [member({ asOfMs: NOW_MS + 5 })])).toBeNull();
    expect(ask('A7', [member()], { freshMs: 0 })).toBeNull();
    expect(ask('A7', [member()], { baselineOf: () => null })).toBeNull();
    const older = { balance: amount('1'), point: amount('0'), atMs: NOW_MS - 70_000 };
    expect(ask('A7', [member()], { baselineOf: () => older })).toBeNull();
  });

  it('and is, where it is not the only one or was found by name', () => {
    expect(ask('A7', [member(), member({ customerUid: '8' })])).toBeNull();
    expect(ask('mei', [member()])).toBeNull();
    expect(ask('', [])).toBeNull();
  });

  it('by a phone only where KYBIO itself told lately that nobody else has it', () => {
    expect(ask('91235640', [member()])).toBeNull();
    expect(ask('91235640', [member()], { phoneAskedAtMs: NOW_MS - 180_000 })).toBeNull();
    expect(ask('91235640', [member()], { phoneAskedAtMs: NOW_MS - 1_000 })).toBe('7');
  });
});
