import { loadHostProfile } from '../hosts/index.ts';
import { isCallRefused } from '../hosts/link/index.ts';
import type { SendCandidate } from '../ledger/index.ts';
import { readMemberOf } from '../members/index.ts';
import type { SyncLoopParts } from './loop-parts.ts';

type NewBaselineParts = Pick<
  SyncLoopParts,
  'outbox' | 'directory' | 'reader' | 'callBudget' | 'settings' | 'link' | 'failedReads' | 'clock'
>;

/** The reading right before a send, made only if it pays (protocol rule 6). */
export interface NewBaseline {
  /**
   * Whether the entry may go, with or without a reading. False if KYBIO did not answer: a send would be one more
   * undecided entry.
   */
  read(candidate: Pick<SendCandidate, 'id' | 'customerUid'>): Promise<boolean>;
}

/** A younger reading needs no new one. */
const FRESH_MS = 900_000;

export function createNewBaseline(parts: NewBaselineParts): NewBaseline {
  const { outbox, reader, failedReads } = parts;
  return {
    read: async ({ id, customerUid }) => {
      if (!pays(parts, customerUid) || failedReads.isHopeless(customerUid)) return true;
      const customerNumber = outbox.byId(id)?.customerNumber ?? '';
      const reading = await readMemberOf(reader, { customerNumber, customerUid }, 'refresh');
      // Without this call a member without a card is never read.
      const isLacking = customerNumber === '' && !reading.ok && isCallRefused(reading.error);
      const mayGo = reading.ok || reading.isAnswered || isLacking;
      if (mayGo) failedReads.forget(customerUid);
      else failedReads.note(customerUid, reading.error);
      return mayGo;
    },
  };
}

/**
 * True if the host is not proven to refuse duplicates, calls are left, and the baseline was discarded, or is old or
 * missing while increments go unanswered.
 */
function pays(parts: NewBaselineParts, customerUid: string): boolean {
  const { directory, clock, callBudget, settings, link } = parts;
  if (loadHostProfile(settings).duplicates !== null) return false;
  const known = directory.baseline(customerUid);
  const isOld = known === null || Math.abs(clock.nowMs() - known.atMs) >= FRESH_MS;
  return (known === null || (isOld && link.state.backoff.isOfIncrement)) && callBudget.may('refresh');
}
