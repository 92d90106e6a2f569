import type { Increment } from '../../main/ledger/types.ts';

type State = Pick<Increment, 'id' | 'state' | 'sequence'>;

/** One question that accuses an entry of having come twice, or not at all. */
export interface Question {
  /** A doubt's kind, or that it is asked about in review. */
  readonly kind: string;
  /** The entry's state when the question was first seen. */
  readonly state: string;
  readonly sequence: number;
  /** The host had done with it exactly what the till says of it. */
  readonly isWrong: boolean;
}

/** What managers were asked that accuses an entry, and whether the host's ledger bears it out. */
export interface Questions {
  /** `key` names the question: an open one is seen at every look. `times`: how often the host has applied the entry. */
  see(key: string, kind: string, increment: State, times: number): void;
  readonly asked: ReadonlyMap<string, Question>;
}

/** It waited, and something says that another copy of the till has sent it. */
export const SENT_BEFORE = 'review: sent-before';

export function createQuestions(): Questions {
  const asked = new Map<string, Question>();
  return {
    asked,
    see: (key, kind, { state, sequence }, times) => {
      if (asked.has(key)) return;
      // In review as sent before is what waits here: then it was not sent.
      const isToBeThere = !['cancelled', 'rejected', 'queued'].includes(state) && kind !== SENT_BEFORE;
      asked.set(key, { kind, state, sequence, isWrong: times === (isToBeThere ? 1 : 0) });
    },
  };
}
