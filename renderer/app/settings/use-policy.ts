import { useEffect, useState } from 'react';
import { currencyDecimals, separators } from '../../../preload/contract/app/values.ts';
import type { AppError, Policy, ShownPolicy, Till } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import { useUnsaved } from '../../shared/unsaved.ts';
import {
  isPolicyChanged,
  type PolicyFields,
  type PolicyProblems,
  type PolicyRules,
  policyFields,
  readPolicy,
  readScanner,
} from './policy-form.ts';

const rulesOf = (till: Till): PolicyRules => {
  const signs = separators(till.language);
  return {
    locale: till.language,
    money: { ...signs, decimals: currencyDecimals(till.currency) },
    points: { ...signs, decimals: till.pointDecimals },
  };
};

export function usePolicy() {
  const till = useTill();
  const [kept, setKept] = useState<Policy | null>(null);
  const [fields, setFields] = useState<PolicyFields | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [closed, setClosed] = useState<ShownPolicy['closedInstallation']>(null);
  const [areProblemsShown, showProblems] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const locale = till.language;
  useEffect(() => {
    void bridge.policyGet({}).then((reply) => {
      if (!reply.ok) return setFailure(reply.error);
      setKept(reply.value.policy);
      setClosed(reply.value.closedInstallation);
      setFields(policyFields(reply.value.policy, locale));
    });
  }, [locale]);
  const read = fields === null ? null : readPolicy(fields, rulesOf(till));
  useUnsaved(fields !== null && kept !== null && isPolicyChanged(fields, kept, rulesOf(till)));
  // Shown from the first attempt to save.
  const problems: PolicyProblems = areProblemsShown && read !== null && !read.ok ? read.error : {};
  return {
    fields,
    failure,
    problems,
    wrong: Object.keys(problems).length,
    isSaved,
    /** As typed, saved or not; null where invalid. */
    scanner: fields === null ? null : readScanner(fields, rulesOf(till)),
    /** A closed installation, declared by file, which cannot be changed here. */
    closed,
    /** How often saving was refused for problems. */
    refusals,
    edit: (change: Partial<PolicyFields>) => {
      setSaved(false);
      setFields((current) => (current === null ? null : { ...current, ...change }));
    },
    save: () => {
      showProblems(true);
      if (read === null) return;
      if (!read.ok) return setRefusals((count) => count + 1);
      const policy = read.value;
      openGuarded({
        kind: 'save-policy',
        policy,
        onSaved: () => {
          setKept(policy);
          setSaved(true);
        },
      });
    },
  };
}
export type PolicyForm = ReturnType<typeof usePolicy>;
