import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { CallPurpose } from '../hosts/calls/index.ts';
import { isCallRefused } from '../hosts/link/index.ts';
import type { HostMember, ReadFailure } from '../hosts/port/index.ts';
import type { MemberReader } from './member-reader.ts';
import { readError } from './read-error.ts';

/** An id that is known is answered with its member or in words that the till knows: any others are of the call. */
const isCallLacking = (failure: ReadFailure): boolean =>
  isCallRefused(failure) || (failure.kind === 'refused' && failure.cause === 'unknown-words');

/**
 * The member of an entry by its id, for what a person decides: a card may be another's by now. A host without that call
 * is asked by the card. Errors: member-not-found, member-unreadable (no call of this host leads to that id, now or
 * later), reading-needed (it overlapped a send of ours, protocol rule 6), and what a read can meet.
 */
export async function readByUid(
  reader: Pick<MemberReader, 'byNumber' | 'byUid'>,
  { customerNumber, customerUid }: { readonly customerNumber: string; readonly customerUid: string },
  purpose: CallPurpose,
): Promise<Result<HostMember>> {
  const ofUid = await reader.byUid(customerUid, purpose);
  const isLacking = !ofUid.ok && isCallLacking(ofUid.error);
  if (isLacking && customerNumber === '') return err(appError('member-unreadable'));
  const reading = isLacking ? await reader.byNumber(customerNumber, purpose) : ofUid;
  const isNobody = !reading.ok && reading.error.kind === 'nothing';
  const isAnother = reading.ok && reading.value.customerUid !== customerUid;
  if (isLacking && (isNobody || isAnother)) return err(appError('member-unreadable'));
  if (!reading.ok) return err(readError(reading.error));
  if (isAnother) return err(appError('member-not-found'));
  return reading.overlapsNoSend ? ok(reading.value) : err(appError('reading-needed'));
}
