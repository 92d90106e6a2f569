import type { Entry, EntryKind } from '../../preload/contract/index.ts';
import { storeTime } from '../outbox/store-time.ts';
import type { Increment } from '../outbox/types.ts';

/** The short number that a person quotes. */
export const reference = (sequence: number): string => String(sequence).padStart(4, '0');

const reversible: ReadonlySet<EntryKind> = new Set(['top-up', 'award']);

/** An increment as the screen shows it: no body, no signature, no phone. */
export function entryView(increment: Increment, storeTimeZone: string): Entry {
  const { state, touched } = increment;
  return {
    id: increment.id,
    reference: reference(increment.sequence),
    createdAtMs: increment.createdAtMs,
    storeTime: storeTime(increment.createdAtMs, storeTimeZone).slice(11, 16),
    kind: increment.kind,
    customerUid: increment.customerUid,
    memberNumber: increment.customerNumber,
    memberName: increment.customerName,
    balanceIncrement: increment.balanceIncrement,
    pointIncrement: increment.pointIncrement,
    cashier: increment.cashier,
    note: increment.note,
    state,
    cause: increment.cause,
    messages: increment.messages.slice(0, 10).map((message) => message.slice(0, 500)),
    balanceBefore: increment.balanceBefore,
    balanceAfter: increment.balanceAfter,
    pointBefore: increment.pointBefore,
    pointAfter: increment.pointAfter,
    attempts: increment.attempts,
    canCancel: state === 'queued' && !touched,
    canReverse: state === 'confirmed' && reversible.has(increment.kind) && !increment.corrected,
    correctsReference: increment.correctsSequence === null ? null : reference(increment.correctsSequence),
    takenBack: null,
    heldBy: null,
    needsAcknowledgement: false,
  };
}
