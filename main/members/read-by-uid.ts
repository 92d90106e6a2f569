import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { CallPurpose } from '../hosts/calls/index.ts';
import { isCallRefused } from '../hosts/link/index.ts';
import type { HostMember, ReadFailure } from '../hosts/port/index.ts';
import type { MemberReader } from './member-reader.ts';
import { readError } from './read-error.ts';

/** A known id returns its member or known words; unknown words mean that the host lacks the call. */
const isCallLacking = (failure: ReadFailure): boolean =>
  isCallRefused(failure) || (failure.kind === 'refused' && failure.cause === 'unknown-words');

/**
 * Reads an entry's member by id, for a person's decision: the card may be another's by now. A host without that call
 * is queried by card. Errors: member-not-found, member-unreadable (no call of this host finds that id),
 * reading-needed (it overlapped a send of ours, protocol rule 6), and those of a read.
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
