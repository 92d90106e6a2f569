import { squeeze } from '../../kernel/squeeze.ts';
import type { KnownWords, WordsCategory } from './known-words.ts';

// If a reply matches several, the one that sends least wins: a message naming a broken back end and a signature may
// have been applied.
const precedence: readonly WordsCategory[] = [
  'back-end',
  'duplicate',
  'signature',
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'member-or-body',
];

const squeezed = new WeakMap<KnownWords, readonly string[]>();

function wordsOf(row: KnownWords): readonly string[] {
  const known = squeezed.get(row) ?? row.words.map(squeeze);
  squeezed.set(row, known);
  return known;
}

const isMention = ({ whole, words }: KnownWords): boolean => whole !== true && words.length > 0;

const byCategory = (
  table: readonly KnownWords[],
  matches: (row: KnownWords) => boolean,
): KnownWords | null => {
  for (const category of precedence) {
    const found = table.find((row) => row.category === category && matches(row));
    if (found !== undefined) return found;
  }
  return null;
};

/** Known words mentioned anywhere in the messages: a reason for caution, never for a conclusion. */
export function findMention(messages: readonly string[], table: readonly KnownWords[]): KnownWords | null {
  const said = messages.map(squeeze);
  const isIn = (row: KnownWords): boolean =>
    said.some((message) => wordsOf(row).every((word) => message.includes(word)));
  return byCategory(table, (row) => isMention(row) && isIn(row)) ?? findWhole(messages, null, table);
}

/** The known words that make up all messages, or whose code it is. */
function findWhole(
  messages: readonly string[],
  errorCode: string | null,
  table: readonly KnownWords[],
): KnownWords | null {
  const said = messages.map(squeeze);
  const isWholeReply = (row: KnownWords): boolean =>
    row.whole === true &&
    said.length === row.words.length &&
    wordsOf(row).every((word, at) => word === said[at]);
  return byCategory(
    table,
    (row) => (row.errorCode !== undefined && row.errorCode === errorCode) || isWholeReply(row),
  );
}

/**
 * The known words, or code, that an error consists of; null where it says anything else as well. Only a broken back
 * end counts when merely mentioned: the increment may then have been applied.
 */
export function findWords(
  messages: readonly string[],
  errorCode: string | null,
  table: readonly KnownWords[],
): KnownWords | null {
  const mention = findMention(messages, table);
  return mention?.category === 'back-end' ? mention : findWhole(messages, errorCode, table);
}
