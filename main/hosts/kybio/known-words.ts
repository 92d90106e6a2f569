export type WordsCategory =
  | 'credentials'
  | 'signature'
  | 'time-stamp'
  | 'permission'
  | 'quota'
  | 'duplicate'
  | 'back-end'
  | 'member-or-body';

export interface KnownWords {
  readonly category: WordsCategory;
  /**
   * All of these occur in one message, in any order, ignoring case and spaces. A longer message may mean something
   * else: then they are a mention, which only makes the till more careful.
   */
  readonly words: readonly string[];
  /** Instead, the words are a complete reply, message by message. */
  readonly whole?: true;
  /** Or the reply's `errorCode` is this one. */
  readonly errorCode?: string;
  /** The words mean that KYBIO knows no such member. */
  readonly notFound?: true;
  readonly source: string;
  /** yyyy-MM-dd. */
  readonly date: string;
}
