import type { IncrementReply, UnlessRepeated } from '../port/member-host.ts';

/** More than any connection could still deliver. */
const REMEMBERED = 64;

/** Whether it has sums or a time, which differ from every other increment's reply. */
const isOwn = ({ customerUid: _, ...said }: IncrementReply): boolean =>
  Object.values(said).some((value) => value !== null);

/**
 * Detects a repeated answer: of a reused connection that is one behind, or of a proxy or cache that repeats a
 * member's last success. For the same member and amounts no compared field differs; but no two increments share sums
 * and second, so a reply identical to an earlier one answers another entry. `isOfAnother` covers replies from before
 * this process, and other entries' seconds. A reply without sums and times is taken for an older one only on a reused
 * connection.
 */
export function createRepeatedReplies(): UnlessRepeated {
  const seen = new Set<string>();
  return ({ response }, outcome, isOfAnother = () => false) => {
    if (outcome.kind !== 'applied' || response?.body == null) return outcome;
    const body = response.body.toString();
    const { reply } = outcome;
    const isInformative = isOwn(reply);
    if (isInformative && (seen.has(body) || isOfAnother(reply)))
      // Its sums belong to the other entry: no evidence either.
      return { kind: 'unknown', cause: 'unreadable', pause: null, messages: [], reply: null };
    seen.add(body);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return outcome;
  };
}
