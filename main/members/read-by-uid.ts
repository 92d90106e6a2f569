import type { CallPurpose } from '../link/call-budget.ts';
import { isCallRefused } from '../link/read-failure.ts';
import type { MemberReader, MemberReading } from './member-reader.ts';

/**
 * The member of an entry by its id, for what a person decides: a card may be another's by now. A host without that call
 * is asked by the card. The caller compares ids: an answer about another member is no reading.
 */
export async function readByUid(
  reader: Pick<MemberReader, 'byNumber' | 'byUid'>,
  { customerNumber, customerUid }: { readonly customerNumber: string; readonly customerUid: string },
  purpose: CallPurpose,
): Promise<MemberReading> {
  const reading = await reader.byUid(customerUid, purpose);
  if (reading.ok || customerNumber === '' || !isCallRefused(reading.error)) return reading;
  return reader.byNumber(customerNumber, purpose);
}
