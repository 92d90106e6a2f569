import type { Purse } from '../hosts/calls/index.ts';
import { loadHostProfile } from '../hosts/index.ts';
import { isCallRefused, isDoubted, type Link } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock } from '../kernel/ports.ts';
import type { OutboxRepository, SendCandidate } from '../ledger/index.ts';
import { type DirectoryRepository, type MemberReader, readMemberOf } from '../members/index.ts';
import { mayBeItsRecord, type UnreadableMembers } from './unreadable-members.ts';

export interface NewBaselineParts {
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly purse: Pick<Purse, 'may'>;
  readonly settings: Settings;
  readonly link: Pick<Link, 'state'>;
  readonly unreadableMembers: UnreadableMembers;
  readonly clock: Clock;
}

/** The reading right before a send, made only where it pays (protocol rule 6). */
export interface NewBaseline {
  /**
   * Whether the member's entry may go, with a reading or without. False where KYBIO did not answer: what is
   * sent then would only be one more to ask about.
   */
  read(candidate: Pick<SendCandidate, 'id' | 'customerUid'>): Promise<boolean>;
}

/** A look-up younger than this is baseline enough. */
const FRESH_MS = 900_000;

export function createNewBaseline(parts: NewBaselineParts): NewBaseline {
  const { outbox, reader, unreadableMembers } = parts;
  return {
    read: async ({ id, customerUid }) => {
      if (!pays(parts, customerUid) || unreadableMembers.isItsRecord(customerUid)) return true;
      const customerNumber = outbox.byId(id)?.customerNumber ?? '';
      const reading = await readMemberOf(reader, { customerNumber, customerUid }, 'refresh');
      // Without the call there will never be a reading of a member who has no card.
      const isLacking = customerNumber === '' && !reading.ok && isCallRefused(reading.error);
      const mayGo = reading.ok || reading.isAnswered || isLacking;
      if (mayGo) unreadableMembers.forget(customerUid);
      else if (mayBeItsRecord(reading.error)) unreadableMembers.note(customerUid);
      return mayGo;
    },
  };
}

/**
 * The host is not proven to refuse duplicates, there are calls to spare, and what was read of the member is relied on no more,
 * or is old or nothing while increments go unanswered. While each is answered, what waited costs one call.
 */
function pays(parts: NewBaselineParts, customerUid: string): boolean {
  const { directory, clock, purse, settings, link } = parts;
  if (loadHostProfile(settings).duplicates !== null) return false;
  const known = directory.baseline(customerUid);
  const isOld = known === null || Math.abs(clock.nowMs() - known.atMs) >= FRESH_MS;
  const isForgotten = known === null && directory.byUid(customerUid)?.balance !== null;
  return (isForgotten || (isOld && isDoubted(link.state.brake))) && purse.may('refresh');
}
