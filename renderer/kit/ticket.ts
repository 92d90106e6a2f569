import type { Entry } from '../../preload/contract/index.ts';
import {
  changesOf,
  delayPhrase,
  isPayOutEarly,
  refusalPhrase,
  stateWord,
  type WhatDelays,
  type Writer,
} from './entry-words.ts';
import type { Phrase } from './phrase.ts';

/** A ticket's colour by its meaning for the money. */
export type TicketLook = 'done' | 'wait' | 'check' | 'bad' | 'quiet';

export interface Ticket {
  readonly look: TicketLook;
  /** Whether it counts as saved: not when refused, lost or taken back. */
  readonly isSaved: boolean;
  readonly word: string;
  /** What is said of the member's money, after the name. */
  readonly line: readonly Phrase[];
}

function ofState(entry: Entry, link: WhatDelays, write: Writer, isShort: boolean): Ticket {
  const word = stateWord(entry).key;
  if (entry.takenBack !== null) {
    const { state, reference } = entry.takenBack;
    return {
      look: 'quiet',
      isSaved: false,
      word,
      line: [{ key: `entry.${state}By`, values: { reference } }],
    };
  }
  switch (entry.state) {
    case 'confirmed':
      return { look: 'done', isSaved: true, word, line: changesOf(entry, write, isShort) };
    case 'queued':
      return {
        look: 'wait',
        isSaved: true,
        word,
        line: [delayPhrase(entry, link) ?? { key: 'ticket.goesOut' }],
      };
    case 'sending':
      return { look: 'wait', isSaved: true, word, line: [{ key: 'ticket.onItsWay' }] };
    case 'unknown':
      return { look: 'check', isSaved: false, word, line: [{ key: 'ticket.checking' }] };
    case 'review':
      return { look: 'check', isSaved: false, word, line: [{ key: 'ticket.review' }] };
    case 'rejected':
      return { look: 'bad', isSaved: false, word, line: [refusalPhrase(entry)] };
    case 'cancelled':
      return { look: 'quiet', isSaved: false, word, line: [{ key: 'ticket.cancelled' }] };
  }
}

/** The ticket of an entry in its present state; a reversal's money is paid out once KYBIO has taken it back. */
export function ticketOf(entry: Entry, link: WhatDelays, write: Writer, isShort = false): Ticket {
  const ticket = ofState(entry, link, write, isShort);
  if (isPayOutEarly(entry)) return { ...ticket, line: [{ key: 'ticket.doNotPayOut' }, ...ticket.line] };
  const isDone = entry.kind === 'reversal' && entry.state === 'confirmed';
  return isDone ? { ...ticket, word: 'states.reversalDone' } : ticket;
}
