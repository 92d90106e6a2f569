import { useEffect, useState } from 'react';
import { currencyDecimals, separators } from '../../../preload/contract/app/values.ts';
import type { AppError, RuleBook, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSaving } from '../../shared/saving.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useUnsaved } from '../../shared/unsaved.ts';
import {
  fieldsAnew,
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
  /** The number formats of the typed text. */
  readonly format: RulesFormat;
}

const asRead = (book: RuleBook, format: RulesFormat): Edited => {
  const fields = rulesFields(book, format.locale, newKey);
  return { book, read: fields, fields, format };
};

/** A version that came from elsewhere is shown, unless something is typed by the one before: saving tells then. */
export const unlessTyped = (now: Edited | null, book: RuleBook, format: RulesFormat): Edited =>
  now !== null && (now.book.version === book.version || rulesChanges(now.fields, now.read) > 0)
    ? now
    : asRead(book, format);

/** Converts typed text to the current language. */
const editedAnew = (edited: Edited, format: RulesFormat): Edited =>
  edited.format.locale === format.locale
    ? edited
    : {
        book: edited.book,
        format,
        read: fieldsAnew(edited.read, edited.format, format),
        fields: fieldsAnew(edited.fields, edited.format, format),
      };

/** The rules' form; `onWrong` goes to what keeps it from being saved. */
export function useRules(onWrong: () => void) {
  const till = useTill();
  const format = rulesFormat(till);
  const [known, setEdited] = useState<Edited | null>(null);
  const edited = known === null ? null : editedAnew(known, format);
  const [today, setToday] = useState('');
  const [categories, setCategories] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [areProblemsShown, showProblems] = useState(false);
  /** A version saved by somebody else meanwhile. */
  const [other, setOther] = useState<RuleBook | null>(null);
  const saving = useSaving('rules', (error) => {
    if (error.code === 'rules-changed')
      void bridge.rulesGet({}).then((reply) => reply.ok && setOther(reply.value.book));
  });
  const take = (book: RuleBook) => {
    setEdited(asRead(book, format));
    setOther(null);
    showProblems(false);
  };
  const ask = () =>
    void bridge.rulesGet({}).then((reply) => {
      if (!reply.ok) return setFailure(reply.error);
      setToday(reply.value.today);
      setCategories(reply.value.categories);
      setEdited((now) => unlessTyped(now, reply.value.book, format));
    });
  const version = useTopic('rules', (rules) => rules.version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version; the language changes no rules.
  useEffect(ask, [version]);
  const read = edited === null ? null : readRules(edited.fields, format);
  const problems: RulesProblems = areProblemsShown && read !== null && !read.ok ? read.error : {};

  const changes = edited === null ? 0 : rulesChanges(edited.fields, edited.read);
  useUnsaved(changes > 0);

  return {
    fields: edited?.fields ?? null,
    today,
    categories,
    failure: failure ?? saving.failure,
    other,
    problems,
    changes,
    saving,
    /** The typed rules if valid; shows problems from here on. */
    read: () => {
      showProblems(true);
      return read?.ok ? read.value : null;
    },
    edit: (change: Partial<RulesFields>) => {
      saving.forget();
      setEdited((before) => {
        if (before === null) return null;
        const now = editedAnew(before, format);
        return { ...now, fields: { ...now.fields, ...change } };
      });
    },
    takeOver: take,
    /** Replaces the other version by what is typed here. */
    keepMine: (book: RuleBook) => {
      setEdited((now) => (now === null ? null : { ...now, book }));
      setOther(null);
      saving.forget();
    },
    discard: () => {
      if (edited === null) return;
      saving.forget();
      take(edited.book);
      ask();
    },
    save: () => {
      if (edited === null || read === null || changes === 0) return;
      if (!read.ok) {
        showProblems(true);
        return onWrong();
      }
      const asked = { rules: read.value, basedOn: edited.book.version };
      void saving.save(
        (pin) => bridge.rulesSave({ ...asked, pin }),
        ({ book }) => take(book),
      );
    },
  };
}
export type RulesForm = ReturnType<typeof useRules>;
