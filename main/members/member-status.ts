import type { MemberStatus } from '../../preload/contract/index.ts';
import type { HostMember } from '../hosts/port/index.ts';

/**
 * Whether a member may be topped up. A deleted member may be a blank record; `enable` and `expiryDate` decide the
 * rest. `today` is the store's day, `yyyy-MM-dd`.
 */
export function memberStatus(member: HostMember, today: string): MemberStatus {
  if (member.enable === -1) return 'deleted';
  if (member.number.trim() === '' && member.name.trim() === '') return 'blank';
  if (member.enable === 0) return 'disabled';
  const expiry = member.expiryDate === null ? null : /^\d{4}-\d{2}-\d{2}/.exec(member.expiryDate)?.[0];
  if (typeof expiry === 'string' && expiry < today) return 'expired';
  return 'active';
}

/** The last four digits, e.g. `•••• 5640`: enough to tell two members apart (security check 27). */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 4 ? '' : `•••• ${digits.slice(-4)}`;
}
