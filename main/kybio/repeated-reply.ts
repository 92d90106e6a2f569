import type { Exchange, Outcome } from './types.ts';

/** More than what any connection could still have on its way. */
const REMEMBERED = 64;

/**
 * Tells an old answer on a kept connection from a new one. Where the entry before was of the same member and the
 * same amounts, nothing that may be compared differs; but no two increments have the same sums before and after at
 * the same second, so a reply that was had before, to the byte, answers somebody else.
 */
export function createRepeatedReplies(): (exchange: Exchange, outcome: Outcome) => Outcome {
  const seen = new Set<string>();
  return ({ response, reusedSocket }, outcome) => {
    if (outcome.kind !== 'applied' || response?.body == null) return outcome;
    const body = response.body.toString();
    if (reusedSocket && seen.has(body))
      // Its sums are the other's: they are no evidence either.
      return { kind: 'unknown', cause: 'unreadable', pause: null, messages: [], reply: null };
    seen.add(body);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return outcome;
  };
}
