import type { IncrementReply, UnlessRepeated } from '../port/member-host.ts';

/** More than what any connection could still have on its way. */
const REMEMBERED = 64;

/** It says something that no other increment's reply says: sums before or after, or a time. */
const isOwn = ({ customerUid: _, ...said }: IncrementReply): boolean =>
  Object.values(said).some((value) => value !== null);

/**
 * Tells an old answer from a new one: of a kept connection that is one behind, and of a proxy or a cache that says a
 * member's last success once more, on whatever connection. Where the entry before was of the same member and the
 * same amounts, nothing that may be compared differs; but no two increments have the same sums before and after at
 * the same second, so a reply that was had before, to the byte, answers somebody else. `isOfAnother` knows of those that
 * came before this process, and of other entries' seconds. A reply that tells neither sums nor times is the same to
 * equal increments: only on a kept connection it is taken for the older one's.
 */
export function createRepeatedReplies(): UnlessRepeated {
  const seen = new Set<string>();
  return ({ response, reusedSocket }, outcome, isOfAnother = () => false) => {
    if (outcome.kind !== 'applied' || response?.body == null) return outcome;
    const body = response.body.toString();
    const { reply } = outcome;
    const isTelling = isOwn(reply);
    if (((reusedSocket || isTelling) && seen.has(body)) || (isTelling && isOfAnother(reply)))
      // Its sums are the other's: they are no evidence either.
      return { kind: 'unknown', cause: 'unreadable', pause: null, messages: [], reply: null };
    seen.add(body);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return outcome;
  };
}
