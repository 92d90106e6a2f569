import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type AppError,
  appError,
  err,
  ok,
  type Result,
  type RuleBook,
  ruleBookSchema,
  type ShopRules,
} from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { DatabaseFailure } from '../../kernel/database/failure.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Random } from '../../kernel/ports.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { withIds } from './rule-ids.ts';

/** The shop's rules: the current version, and all earlier ones. */
export interface RuleRepository {
  current(): RuleBook;
  /** Null if unknown. */
  version(version: number): RuleBook | null;
  /** Null if the journal does not tell. */
  savedAtMs(version: number): number | null;
  /** Saves a new version if `basedOn` is still current. Error: rules-changed. */
  save(rules: ShopRules, basedOn: number, who: Actor): Result<RuleBook, AppError>;
  /** Saves an owner's rules with their ids, in the caller's transaction: as this version, or as the next where it is used. */
  takeOver(rules: ShopRules, version: number, who: Actor): void;
  /**
   * After settings were altered: restores the last version from the journal, in the caller's transaction. True if it
   * differed.
   */
  setBack(): boolean;
}

interface RuleRepositoryParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: rules cannot change then. */
  readonly journal: Pick<JournalRepository, 'append' | 'noted'> | null;
  readonly random: Pick<Random, 'uuid'>;
}

const KEY = 'rules';
const SAVED = 'rules saved';

const keyOf = (version: number): string => `${KEY}.${version}`;

const noRules: RuleBook = { version: 0, bonus: [], points: [], reasons: [] };

const read = (text: string | null): RuleBook | null => {
  const parsed = ruleBookSchema.safeParse(text === null ? null : readJson(text));
  return parsed.success ? parsed.data : null;
};

const noteSchema = z.object({ version: z.number() });

const without = ({ version: _, ...rules }: RuleBook): ShopRules => rules;

export function createRuleRepository({ db, settings, journal, random }: RuleRepositoryParts): RuleRepository {
  let known: { readonly text: string | null; readonly book: RuleBook } | null = null;

  const current = (): RuleBook => {
    const text = settings.get(KEY);
    if (known === null || known.text !== text) known = { text, book: read(text) ?? noRules };
    return known.book;
  };

  const saves = db.prepare(
    `SELECT at_ms, content FROM journal WHERE entry IS NULL AND event = 'noted' AND reason = ? ORDER BY number DESC`,
  );
  // Restored or imported entries may name versions that this till has lost.
  const newestNamed = db.prepare('SELECT COALESCE(MAX(rules_version), 0) AS version FROM increment');

  const keep = (book: RuleBook): void => {
    const text = JSON.stringify(book);
    settings.set(KEY, text);
    settings.set(keyOf(book.version), text);
  };

  /** Makes these the newest version. */
  const add = ({ bonus, points, reasons }: ShopRules, who: Actor, wanted = 0): RuleBook => {
    if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
    const named = newestNamed.get() as { readonly version: number };
    const next = Math.max(current().version, named.version) + 1;
    const book = { bonus, points, reasons, version: Math.max(next, wanted) };
    keep(book);
    journal.append({ event: 'noted', actor: actorText(who), reason: SAVED, content: book });
    return book;
  };

  const save = db.transaction((asked: ShopRules, basedOn: number, who: Actor): Result<RuleBook, AppError> => {
    const before = current();
    if (before.version !== basedOn) return err(appError('rules-changed'));
    const rules = withIds(asked, before, random.uuid);
    return ok(isDeepStrictEqual(rules, without(before)) ? before : add(rules, who));
  });

  const version = (number: number): RuleBook | null =>
    number === noRules.version ? noRules : read(settings.get(keyOf(number)));

  return {
    current,
    version,
    savedAtMs: (version) => {
      for (const row of saves.iterate(SAVED) as IterableIterator<{ at_ms: number; content: string }>)
        if (noteSchema.safeParse(readJson(row.content)).data?.version === version) return row.at_ms;
      return null;
    },
    save: (rules, basedOn, who) => save.immediate(rules, basedOn, who),
    takeOver: (rules, version, who) => {
      if (!isDeepStrictEqual(rules, without(current()))) add(rules, who, version);
    },
    setBack: () => {
      const noted = ruleBookSchema.safeParse(journal?.noted(SAVED));
      const before = settings.get(KEY);
      if (!noted.success) {
        if (before !== null) settings.remove(KEY);
        return before !== null;
      }
      if (isDeepStrictEqual(read(before), noted.data)) return false;
      keep(noted.data);
      return true;
    },
  };
}
