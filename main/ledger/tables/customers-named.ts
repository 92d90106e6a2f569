import type { Db } from '../../kernel/database/open.ts';
import { foldLetters } from '../../kernel/fold-letters.ts';
import { anywhere } from '../shown/find-conditions.ts';

/** Customers from after `after` to `upTo` whose name or card contains the text. */
type NamedIn = (after: number, upTo: number) => readonly number[];

const ASCII = /^[ -~]*$/;

/**
 * Searches customers however the text is typed: `jose` finds José, and `ｔａｎ` Tan. LIKE folds ASCII case only, so that
 * names with other letters are compared here, except Chinese, which LIKE finds.
 */
export function createCustomersNamed(db: Db): (typed: string) => NamedIn {
  const like = db.prepare(
    `SELECT number FROM customer WHERE number > @after AND number <= @upTo
       AND (name LIKE @part ESCAPE '\\' OR card LIKE @part ESCAPE '\\')`,
  );
  const otherLetters = db.prepare(
    `SELECT number, name FROM customer WHERE number > @after AND number <= @upTo
       AND name GLOB '*[^ -~\u4e00-\u9fff]*'`,
  );
  return (typed) => {
    const folded = foldLetters(typed);
    const texts = [typed, typed.normalize('NFKC'), ...(ASCII.test(typed) ? [] : [folded])];
    const parts = [...new Set(texts)].filter((text) => text !== '' || typed === '').map(anywhere);
    return (after, upTo) => {
      const found = parts.flatMap((part) => like.all({ after, upTo, part }) as { number: number }[]);
      const others =
        folded === '' ? [] : (otherLetters.all({ after, upTo }) as { number: number; name: string }[]);
      const alike = others.filter(({ name }) => foldLetters(name).includes(folded));
      return [...new Set([...found, ...alike].map(({ number }) => number))];
    };
  };
}
