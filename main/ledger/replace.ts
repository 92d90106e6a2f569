import type { Db } from '../kernel/database/open.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Decision, TransitionsRepository } from './transitions.ts';
import type { Increment, Sign } from './types.ts';

/**
 * Cancels an undecided entry whose send key another increment has, and adds a copy with a free second, in one commit
 * (protocol, "A duplicate answer"). The request id allows one replacement. Null if the entry has changed or no
 * second is free.
 */
export type Replace = (
  entry: Increment,
  decision: Pick<Decision, 'who' | 'reason' | 'evidence'>,
  sign: Sign,
) => Increment | null;

class NotReplaced extends Error {}

export function createReplace(
  db: Db,
  outbox: Pick<OutboxRepository, 'add'>,
  transitions: Pick<TransitionsRepository, 'decide'>,
): Replace {
  const replace = db.transaction((...[entry, decision, sign]: Parameters<Replace>): Increment => {
    // First, since the replacement of a reversal takes its place as the correcting entry.
    if (transitions.decide(entry, { ...decision, state: 'cancelled', cause: 'replaced' }) === null)
      throw new NotReplaced();
    const added = outbox.add({ ...entry, requestId: `replace:${entry.id}` }, sign);
    if (!added.ok) throw new NotReplaced();
    return added.value;
  });
  return (entry, decision, sign) => {
    try {
      return replace.immediate(entry, decision, sign);
    } catch (thrown) {
      if (thrown instanceof NotReplaced) return null;
      throw thrown;
    }
  };
}
