import { useEffect, useState } from 'react';
import { currencyDecimals, separators } from '../../../preload/contract/app/values.ts';
import type { AppError, RuleBook, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSaving } from '../../shared/saving.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useUnsaved } from '../../shared/unsaved.ts';
import {
  type RulesFields,
  type RulesFormat,
  type RulesProblems,
  readRules,
  rulesChanges,
  rulesFields,
} from './rules-form.ts';

export const newKey = () => crypto.randomUUID();

const PERCENT_DECIMALS = 2;

export function rulesFormat(till: Till): RulesFormat {
  const signs = separators(till.language);
  return {
    locale: till.language,
    money: { ...signs, decimals: currencyDecimals(till.currency) },
    percent: { ...signs, decimals: PERCENT_DECIMALS },
    points: { ...signs, decimals: till.pointDecimals },
  };
}

/** The rules as loaded, and as typed. */
interface Edited {
  readonly book: RuleBook;
  readonly read: RulesFields;
  readonly fields: RulesFields;
}

const asRead = (book: RuleBook, locale: string): Edited => {
  const fields = rulesFields(book, locale, newKey);
  return { book, read: fields, fields };
};

/** A version that came from elsewhere is shown, unless something is typed by the one before: saving tells then. */
export const unlessTyped = (now: Edited | null, book: RuleBook, locale: string): Edited =>
  now !== null && (now.book.version === book.version || rulesChanges(now.fields, now.read) > 0)
    ? now
    : asRead(book, locale);

/** The rules' form; `onWrong` goes to what keeps it from being saved. */
export function useRules(onWrong: () => void) {
  const till = useTill();
  const format = rulesFormat(till);
  const [edited, setEdited] = useState<Edited | null>(null);
  const [today, setToday] = useState('');
  const [categories, setCategories] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [areProblemsShown, showProblems] = useState(false);
  const saving = useSaving('rules');
  const ask = (show: (now: Edited | null, book: RuleBook) => Edited) =>
    void bridge.rulesGet({}).then((reply) => {
      if (!reply.ok) return setFailure(reply.error);
      setToday(reply.value.today);
      setCategories(reply.value.categories);
      setEdited((now) => show(now, reply.value.book));
    });
  const version = useTopic('rules', (rules) => rules.version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version; the page is another in another language.
  useEffect(() => ask((now, book) => unlessTyped(now, book, format.locale)), [version]);
  const read = edited === null ? null : readRules(edited.fields, format);
  const problems: RulesProblems = areProblemsShown && read !== null && !read.ok ? read.error : {};
  const isChanged = edited !== null && rulesChanges(edited.fields, edited.read) > 0;
  useUnsaved(isChanged);
  return {
    fields: edited?.fields ?? null,
    today,
    categories,
    failure: failure ?? saving.failure,
    problems,
    isChanged,
    saving,
    /** The typed rules if valid; shows problems from here on. */
    read: () => {
      showProblems(true);
      return read?.ok ? read.value : null;
    },
    edit: (change: Partial<RulesFields>) => {
      saving.forget();
      setEdited((now) => now && { ...now, fields: { ...now.fields, ...change } });
    },
    /** Back to the rules as they are now, whoever saved them. */
    discard: () => {
      saving.forget();
      showProblems(false);
      ask((_, book) => asRead(book, format.locale));
    },
    save: () => {
      if (edited === null || read === null || !isChanged) return;
      if (!read.ok) {
        showProblems(true);
        return onWrong();
      }
      const asked = { rules: read.value, basedOn: edited.book.version };
      void saving.save(
        (pin) => bridge.rulesSave({ ...asked, pin }),
        ({ book }) => {
          showProblems(false);
          setEdited(asRead(book, format.locale));
        },
      );
    },
  };
}
export type RulesForm = ReturnType<typeof useRules>;
