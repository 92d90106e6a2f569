import { useEffect, useState } from 'react';
import { currencyDecimals, separators } from '../../../preload/contract/app/values.ts';
import type { AppError, RuleBook, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import { useUnsaved } from '../../shared/unsaved.ts';
import {
  fieldsAnew,
  type RulesFields,
  type RulesFormat,
  type RulesProblems,
  readRules,
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

/** The rules' form state. */
export function useRules() {
  const till = useTill();
  const format = rulesFormat(till);
  const [known, setEdited] = useState<Edited | null>(null);
  const edited = known === null ? null : editedAnew(known, format);
  const [today, setToday] = useState('');
  const [failure, setFailure] = useState<AppError | null>(null);
  const [isSaved, setSaved] = useState(false);
  const [areProblemsShown, showProblems] = useState(false);
  /** A version saved by somebody else meanwhile. */
  const [other, setOther] = useState<RuleBook | null>(null);
  const take = (book: RuleBook) => {
    const fields = rulesFields(book, format.locale, newKey);
    setEdited({ book, read: fields, fields, format });
    setOther(null);
    setFailure(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once; the language does not change the rules.
  useEffect(() => {
    void bridge.rulesGet({}).then((reply) => {
      if (!reply.ok) return setFailure(reply.error);
      setToday(reply.value.today);
      take(reply.value.book);
    });
  }, []);
  useUnsaved(edited !== null && JSON.stringify(edited.fields) !== JSON.stringify(edited.read));
  const read = edited === null ? null : readRules(edited.fields, format);
  const problems: RulesProblems = areProblemsShown && read !== null && !read.ok ? read.error : {};

  const onRefused = (error: AppError): boolean => {
    if (error.code !== 'rules-changed' && error.code !== 'rules-invalid') return false;
    setFailure(error);
    if (error.code === 'rules-changed')
      void bridge.rulesGet({}).then((reply) => reply.ok && setOther(reply.value.book));
    return true;
  };

  return {
    fields: edited?.fields ?? null,
    today,
    failure,
    other,
    problems,
    isSaved,
    /** The typed rules if valid; shows problems from here on. */
    read: () => {
      showProblems(true);
      return read?.ok ? read.value : null;
    },
    edit: (change: Partial<RulesFields>) => {
      setSaved(false);
      setFailure(null);
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
      setFailure(null);
    },
    save: () => {
      showProblems(true);
      if (edited === null || read === null || !read.ok) return;
      setFailure(null);
      openGuarded({
        kind: 'save-rules',
        rules: read.value,
        basedOn: edited.book.version,
        onSaved: (book) => {
          take(book);
          setSaved(true);
        },
        onRefused,
      });
    },
  };
}
export type RulesForm = ReturnType<typeof useRules>;
