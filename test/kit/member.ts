import type { HostMember } from '../../main/hosts/port/member-host.ts';
import { amount } from '../../preload/contract/index.ts';

/** Whom KYBIO tells of in these tests. */
export const member: HostMember = {
  customerUid: '1',
  number: '1',
  name: 'x',
  categoryName: '',
  phone: '',
  balance: amount('1'),
  point: amount('1'),
  enable: 1,
  expiryDate: null,
};
