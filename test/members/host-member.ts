import type { HostMember } from '../../main/hosts/port/member-host.ts';
import type { KnownMember } from '../../main/members/directory-repository.ts';
import { amount } from '../../preload/contract/index.ts';

/** A member as KYBIO answers with one. */
export const hostMember = (change: Partial<HostMember> = {}): HostMember => ({
  customerUid: '231607639459718452',
  number: '8008010001',
  name: 'Tan Mei Ling',
  categoryName: 'Gold',
  phone: '91235640',
  balance: amount('120.00'),
  point: amount('340'),
  enable: 1,
  expiryDate: null,
  ...change,
});

/** A member whose sums were read here. */
export function asRead(known: KnownMember): KnownMember & HostMember {
  const { balance, point } = known;
  if (balance === null || point === null) throw new Error('not read');
  return { ...known, balance, point };
}
