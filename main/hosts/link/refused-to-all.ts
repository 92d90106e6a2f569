import { saidIn } from '../../kernel/squeeze.ts';

/** KYBIO has refused a call in words that nobody knows, and nothing was answered otherwise since. */
export interface Suspicion {
  /** The words without what differs from call to call. */
  readonly said: string;
  /** Of whom or what the first call was that was refused so. */
  readonly about: string;
  readonly isOfRead: boolean;
  /** Increments that were refused so. */
  readonly increments: number;
}

/** A call that was refused in words that nobody knows. */
export interface RefusedCall {
  readonly messages: readonly string[];
  /**
   * The member, or `ALL_MEMBERS`. Only calls of which KYBIO must know more than one sentence are told here: of a card
   * that the till does not keep it may say the same each time.
   */
  readonly about: string;
  readonly isRead: boolean;
}

/** A call that is about no member in particular. */
export const ALL_MEMBERS = 'all members';

/**
 * What one more refusal in unknown words tells. A second one in the same words, of a call about somebody else, is said to
 * every call: KYBIO takes none. One of the two must be a read: increments alone may be refused for what they are, and what
 * a reading says of that comes at once.
 */
export function afterRefusedCall(
  before: Suspicion | null,
  { messages, about, isRead }: RefusedCall,
): { readonly suspicion: Suspicion; readonly isOfAll: boolean } {
  const said = saidIn(messages);
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
