import { type Entry, type EntryKind, shownFacts } from '../../../preload/contract/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import type { OutboxRepository } from '../outbox-repository.ts';
import { requestAgain } from '../short-id.ts';
import type { EntryAhead, Increment } from '../types.ts';
import { shownName } from './shown-name.ts';

/** The short number that people quote. */
export const reference = (sequence: number): string => String(sequence).padStart(4, '0');

const reversible: ReadonlySet<EntryKind> = new Set(['top-up', 'award']);

type TakenBack = Pick<Increment, 'takenBack'>;

const shownReversal = ({ sequence, state }: NonNullable<Increment['takenBack']>) =>
  ({
    reference: reference(sequence),
    state: state === 'confirmed' ? 'reversed' : 'reversing',
  }) as const;

/** The reversal of the whole entry. */
export const shownWholeReversal = ({ takenBack }: TakenBack): Entry['takenBack'] =>
  takenBack?.isWhole ? shownReversal(takenBack) : null;

/** The reversal of a part of the entry. */
export function shownPartReversal({ takenBack }: TakenBack): Entry['takenBackInPart'] {
  if (takenBack === null || takenBack.isWhole) return null;
  const { balance, point } = takenBack;
  return { ...shownReversal(takenBack), balance, point };
}

function behindOf({ id, state, customerUid }: Increment, entriesAhead: EntriesAhead): Entry['behind'] {
  const ahead = entriesAhead.get(customerUid);
  if (state !== 'queued' || ahead === undefined || ahead.id === id) return null;
  return { reference: reference(ahead.sequence), state: ahead.state };
}

type EntriesAhead = ReadonlyMap<string, EntryAhead>;

/** What other entries say of one. */
export interface Others {
  readonly ahead: EntriesAhead;
  readonly again: Entry['enteredAgain'];
}

/** For entries outside the queue that were not refused. */
export const noOthers: Others = { ahead: new Map(), again: null };

export type OthersOf = Pick<OutboxRepository, 'entriesAhead' | 'byRequestId'>;

/** The entry that was made of a refused one. */
export function enteredAgain(outbox: OthersOf, { id, state }: Increment): Entry['enteredAgain'] {
  const again = state === 'rejected' ? outbox.byRequestId(requestAgain(id)) : null;
  return again === null ? null : { id: again.id, reference: reference(again.sequence) };
}

/** Reads who waits for whom once for all of them. */
export function shownEntries(outbox: OthersOf, storeTimeZone: string) {
  const ahead = outbox.entriesAhead();
  return (increment: Increment): Entry =>
    shownEntry(increment, storeTimeZone, { ahead, again: enteredAgain(outbox, increment) });
}

const shownNames = Object.keys(shownFacts) as (keyof typeof shownFacts)[];
const shownOf = (increment: Increment) =>
  Object.fromEntries(shownNames.map((name) => [name, increment[name]])) as Pick<
    Increment,
    (typeof shownNames)[number]
  >;

/** An entry for the screen: no body, no signature, no phone. */
export function shownEntry(increment: Increment, storeTimeZone: string, others: Others): Entry {
  const { state, touched } = increment;
  return {
    ...shownOf(increment),
    reference: reference(increment.sequence),
    storeTime: storeTime(increment.createdAtMs, storeTimeZone).slice(11, 16),
    memberNumber: increment.customerNumber,
    memberName: shownName(increment.customerName),
    messages: increment.messages.slice(0, 10).map((message) => message.slice(0, 500)),
    canCancel: state === 'queued' && !touched,
    canReverse: state === 'confirmed' && reversible.has(increment.kind) && !increment.corrected,
    correctsReference: increment.correctsSequence === null ? null : reference(increment.correctsSequence),
    takenBack: shownWholeReversal(increment),
    takenBackInPart: shownPartReversal(increment),
    decision: increment.decision,
    behind: behindOf(increment, others.ahead),
    enteredAgain: others.again,
    needsAcknowledgement: increment.unacknowledged,
  };
}
