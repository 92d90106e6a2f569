export type WordsCategory =
  | 'credentials'
  | 'signature'
  | 'time-stamp'
  | 'permission'
  | 'quota'
  | 'refuses-all'
  | 'duplicate'
  | 'back-end'
  | 'member-or-body';

export interface KnownWords {
  readonly category: WordsCategory;
  /**
   * All of these occur in one message, in any order; case and spaces do not count. A longer message may hold them
   * and say something else: they are a mention, and nothing is concluded from it but that less is to be relied on.
   */
  readonly words: readonly string[];
  /** Instead, the words are a whole reply, message by message, which says nothing besides. */
  readonly whole?: true;
  /** … and are what `saidIn` leaves of it. */
  readonly isGist?: true;
  /** Instead, it is one sentence, and a reply counts where it says nothing but such sentences. */
  readonly sentence?: true;
  /** Or the reply's `errorCode` is this one. */
  readonly errorCode?: string;
  /** True where the words say that KYBIO knows no such member. */
  readonly notFound?: true;
  readonly source: string;
  /** yyyy-MM-dd. */
  readonly date: string;
}
