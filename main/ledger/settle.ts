import type { EntryCause, EntryState } from '../../preload/contract/index.ts';
import type { IncrementReply, Outcome, Phase } from '../hosts/port/index.ts';

interface Settlement {
  readonly state: EntryState;
  readonly touched: boolean;
  readonly cause: EntryCause | null;
  readonly messages: readonly string[];
  readonly reply: IncrementReply | null;
}

/**
 * The entry's state after an attempt. Touched stays touched (protocol rule 4): while an earlier attempt is undecided,
 * "not sent", "refused" and "rejected" hold for the later one only.
 */
export function settle(
  before: { touched: boolean; undecidedEarlier: boolean },
  phase: Phase,
  outcome: Outcome,
): Settlement {
  const touched = before.touched || phase !== 'connecting';
  switch (outcome.kind) {
    case 'applied':
      return { state: 'confirmed', touched, cause: null, messages: [], reply: outcome.reply };
    case 'unknown':
      return { state: 'unknown', touched, cause: outcome.cause, messages: outcome.messages, reply: null };
    case 'rejected':
    case 'not-applied': {
      const decided = outcome.kind === 'rejected' ? 'rejected' : 'queued';
      return {
        state: before.undecidedEarlier ? 'unknown' : decided,
        touched,
        cause: outcome.cause,
        messages: outcome.messages,
        reply: null,
      };
    }
  }
}
