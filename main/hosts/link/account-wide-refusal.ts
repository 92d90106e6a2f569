import { comparableText } from '../../kernel/squeeze.ts';

/** KYBIO refused a call in unknown words, and nothing else was answered since. */
export interface Suspicion {
  /** The words, normalised by `comparableText`. */
  readonly said: string;
  /** What the first such call was about. */
  readonly about: string;
  readonly isOfRead: boolean;
  /** The increments refused with them. */
  readonly increments: number;
}

/** A call refused in unknown words. */
export interface RefusedCall {
  readonly messages: readonly string[];
  /**
   * The member, or `ALL_MEMBERS`. Only calls to which KYBIO has several answers count: for an unknown card it may
   * always say the same.
   */
  readonly about: string;
  readonly isRead: boolean;
}

/** For a call about no particular member. */
export const ALL_MEMBERS = 'all members';

/**
 * Evaluates one more refusal in unknown words. The same words to a call about another member mean an account-wide
 * refusal: KYBIO takes no calls. One of the two must be a read: increments may be refused for what they are.
 */
export function afterRefusedCall(
  before: Suspicion | null,
  { messages, about, isRead }: RefusedCall,
): { readonly suspicion: Suspicion; readonly isOfAll: boolean } {
  const said = comparableText(messages);
  const increments = isRead ? 0 : 1;
  if (before === null || before.said !== said)
    return { suspicion: { said, about, isOfRead: isRead, increments }, isOfAll: false };
  const isOther = before.about !== about;
  return {
    suspicion: {
      ...before,
      isOfRead: before.isOfRead || isRead,
      increments: before.increments + increments,
    },
    isOfAll: isOther && (before.isOfRead || isRead),
  };
}
