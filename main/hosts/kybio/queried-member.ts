import type { HostLogRow, HostMember } from '../port/member-host.ts';
import { isBlank, sameMember } from '../port/member-id.ts';
import { isPhone } from '../port/phone.ts';
import type { Parsed } from './read.ts';
import { withoutControls } from './values.ts';

/**
 * A read counts only where the reply names the member that was queried: a cache or a mixed-up gateway may return
 * another record, and the till would credit that one.
 */

const other = { kind: 'other-member' } as const;

const plain = (text: string): string => withoutControls(text).trim().toLowerCase();

const blank = { kind: 'nothing', isBlank: true } as const;

/** Compares card numbers, which contain letters, without case. A blank record has no number. */
export function ofNumber(parsed: Parsed<HostMember>, customerNum: string): Parsed<HostMember> {
  if (parsed.kind !== 'value') return parsed;
  if (isBlank(parsed.value)) return blank;
  const { number } = parsed.value;
  return number !== '' && plain(number) === plain(customerNum) ? parsed : other;
}

/** Requires all of them to match: a picker offers each, and cashiers take the first. */
export function ofPhone(
  parsed: Parsed<readonly HostMember[]>,
  customerTel: string,
): Parsed<readonly HostMember[]> {
  if (parsed.kind !== 'value') return parsed;
  return parsed.value.every(({ phone }) => isPhone(phone, customerTel)) ? parsed : other;
}

/** Checks a look-up by an id we know exactly: an id rounded by the host is restored, another one is refused. */
export function ofUid(parsed: Parsed<HostMember>, customerUid: string): Parsed<HostMember> {
  if (parsed.kind !== 'value') return parsed;
  if (!sameMember(customerUid, parsed.value.customerUid)) return other;
  if (isBlank(parsed.value)) return blank;
  return { kind: 'value', value: { ...parsed.value, customerUid } };
}

/** Rows need not name the member; those that do must name this one. */
export function logOf(
  parsed: Parsed<readonly HostLogRow[]>,
  customerUid: string,
): Parsed<readonly HostLogRow[]> {
  if (parsed.kind !== 'value') return parsed;
  const isOf = (row: HostLogRow): boolean =>
    row.customerUid === null || sameMember(customerUid, row.customerUid);
  return parsed.value.every(isOf) ? parsed : other;
}
