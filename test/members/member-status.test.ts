import { describe, expect, it } from 'vitest';
import type { HostMember } from '../../main/hosts/port/member-host.ts';
import { memberCard } from '../../main/members/look-up-service.ts';
import { maskPhone, memberStatus } from '../../main/members/member-status.ts';
import { memberCardSchema, zeroAmount } from '../../preload/contract/index.ts';
import { hostMember } from './host-member.ts';

const none = { entries: 0, balance: zeroAmount, bonus: zeroAmount, point: zeroAmount };
const nothing = { sums: { waiting: none, checking: none, review: none, refused: none }, recent: [] };

describe('whether a member may be credited', () => {
  it.each<[Partial<HostMember>, string]>([
    [{}, 'active'],
    [{ enable: null }, 'active'],
    [{ enable: 0 }, 'disabled'],
    [{ enable: -1 }, 'deleted'],
    [{ enable: -1, name: '', number: '' }, 'deleted'],
    [{ name: '', number: '' }, 'blank'],
    [{ name: '  ', number: ' ' }, 'blank'],
    [{ name: '', number: '1' }, 'active'],
    [{ expiryDate: '2026-01-14' }, 'expired'],
    [{ expiryDate: '2026-01-14 23:59:59' }, 'expired'],
    [{ expiryDate: '2026-01-15' }, 'active'],
    [{ expiryDate: '2026-01-15 00:00:00' }, 'active'],
    [{ expiryDate: '2099-12-31' }, 'active'],
    [{ expiryDate: 'never' }, 'active'],
    [{ expiryDate: '2020-01-01', enable: 0 }, 'disabled'],
  ])('%j is %s', (change, status) => {
    expect(memberStatus(hostMember(change), '2026-01-15')).toBe(status);
  });
});

describe('a phone on the screen', () => {
  it.each([
    ['91235640', '•••• 5640'],
    ['+65 9123 5640', '•••• 5640'],
    ['9123-5640', '•••• 5640'],
    ['123', ''],
    ['', ''],
    ['no phone', ''],
  ])('%j is %j', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it('never leaves the main process whole', () => {
    const known = { ...hostMember({}), asOfMs: 1 };
    const card = memberCard(known, 'till', nothing, '2026-01-15');
    expect(JSON.stringify(card)).not.toContain('91235640');
    expect(memberCardSchema.parse(card)).toEqual(card);
  });

  it('a member with endless texts still fits the bridge', () => {
    const long = 'x'.repeat(5_000);
    const known = {
      ...hostMember({ name: long, number: long, categoryName: long, expiryDate: long }),
      asOfMs: 1,
    };
    const card = memberCard(known, 'kybio', nothing, '2026-01-15');
    expect(memberCardSchema.safeParse(card).success).toBe(true);
  });
});
