import { useEffect, useState } from 'react';
import { currencyDecimals, separators } from '../../../preload/contract/app/values.ts';
import type { AppError, Policy, ShownPolicy, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { settledBySaving } from '../../shared/first-day.ts';
import { useSaving } from '../../shared/saving.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useUnsaved } from '../../shared/unsaved.ts';
import {
  fieldsOver,
  type PolicyFields,
  type PolicyProblems,
  type PolicyRules,
  policyChanges,
  readPolicy,
  readScanner,
  type SettingName,
} from './policy-form.ts';

const rulesOf = (till: Till): PolicyRules => {
  const signs = separators(till.language);
  return {
    locale: till.language,
    money: { ...signs, decimals: currencyDecimals(till.currency) },
    points: { ...signs, decimals: till.pointDecimals },
  };
};

const nothingShown: Omit<ShownPolicy, 'policy'> = { itProblem: null };

const none: ReadonlySet<SettingName> = new Set();

interface Typed {
  readonly locale: string;
  readonly fields: Partial<PolicyFields>;
}

/** The settings' form; `onWrong` goes to what keeps it from being saved. */
export function usePolicy(onWrong: (problems: PolicyProblems) => void) {
  const till = useTill();
  const rules = rulesOf(till);
  const [kept, setKept] = useState<Policy | null>(null);
  /** What is typed over it, in the language it was typed in. */
  const [typed, setTyped] = useState<Typed>({ locale: till.language, fields: {} });
  const [failure, setFailure] = useState<AppError | null>(null);
  const [shown, setShown] = useState<Omit<ShownPolicy, 'policy'>>(nothingShown);
  const [areProblemsShown, showProblems] = useState(false);
  const saving = useSaving('policy');
  const locale = till.language;
  const sets = useTopic('chain', (chain) => chain?.sets);
  const takenAtMs = useTopic('chain', (chain) => chain?.taken?.atMs);
  const over = typed.locale === locale ? typed.fields : {};
  const fields = kept && fieldsOver(kept, over, locale, [...till.setByIt, ...(sets ?? [])]);
  const forgetTyped = () => {
    setTyped({ locale, fields: {} });
    showProblems(false);
  };
  const take = (policy: Policy) => {
    setKept(policy);
    forgetTyped();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again where the owner's came over them.
  useEffect(() => {
    void bridge.policyGet({}).then((reply) => {
      if (!reply.ok) return setFailure(reply.error);
      const { policy, ...others } = reply.value;
      setShown(others);
      setKept(policy);
    });
  }, [takenAtMs]);
  const read = fields === null || kept === null ? null : readPolicy(fields, kept, rules);
  // Shown from the first attempt to save.
  const problems: PolicyProblems = areProblemsShown && read !== null && !read.ok ? read.error : {};
  const changes =
    fields === null || kept === null ? none : new Set<SettingName>(policyChanges(fields, kept, rules));
  useUnsaved(changes.size > 0);
  return {
    fields,
    failure: failure ?? saving.failure,
    problems,
    changes,
    saving,
    /** As typed, saved or not; null where invalid. */
    scanner: fields === null ? null : readScanner(fields, rules),
    /** Why the computer's policy file is not used. */
    itProblem: shown.itProblem,
    edit: (change: Partial<PolicyFields>) => {
      saving.forget();
      setTyped((now) => ({
        locale,
        fields: { ...(now.locale === locale && now.fields), ...change },
      }));
    },
    discard: forgetTyped,
    save: () => {
      if (read === null || changes.size === 0) return;
      if (!read.ok) {
        showProblems(true);
        return onWrong(read.error);
      }
      const policy = read.value;
      void saving.save(
        (pin) => bridge.policySave({ policy, pin }),
        () => {
          take(policy);
          if (changes.has('ownTenders')) settledBySaving('pay');
        },
      );
    },
  };
}
export type PolicyForm = ReturnType<typeof usePolicy>;
