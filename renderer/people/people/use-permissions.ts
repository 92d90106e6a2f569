import { useState } from 'react';
import {
  type AmountRules,
  currencyDecimals,
  offeredActs,
  parseAmount,
  separators,
} from '../../../preload/contract/app/values.ts';
import type { Amount, People, Permissions, Till } from '../../../preload/contract/index.ts';
import { plain } from '../../kit/format.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSaving } from '../../shared/saving.ts';
import { useTill } from '../../shared/topics.ts';
import { useUnsaved } from '../../shared/unsaved.ts';

/** A limit as it is typed: empty is none. Undefined where it is no amount. */
function readLimit(typed: string, rules: AmountRules): Amount | null | undefined {
  const parsed = parseAmount(typed, rules);
  if (parsed.ok) return parsed.value;
  return parsed.error === 'empty' ? null : undefined;
}

const rulesOf = (till: Till): { readonly balance: AmountRules; readonly point: AmountRules } => {
  const signs = separators(till.language);
  return {
    balance: { ...signs, decimals: currencyDecimals(till.currency), cap: till.balanceCap },
    point: { ...signs, decimals: till.pointDecimals, cap: till.pointCap },
  };
};

/** What is not as it is saved: it lies over that, so that it outlasts a person who is added. */
interface Draft {
  readonly acts?: Permissions['acts'];
  readonly balance?: string;
  readonly point?: string;
}

interface Telling {
  /** Goes to what keeps it from being saved. */
  readonly onWrong: () => void;
  /** What another save told is over. */
  readonly onTouch: () => void;
}

/** What cashiers may do, as it is set on the page. */
export function usePermissions({ permissions, version }: People, { onWrong, onTouch }: Telling) {
  const till = useTill();
  const rules = rulesOf(till);
  const [draft, setDraft] = useState<Draft>({});
  const [areProblemsShown, showProblems] = useState(false);
  const saving = useSaving('people');
  const written = (limit: Amount | null) => (limit === null ? '' : plain(limit, till.language));
  const acts = draft.acts ?? permissions.acts;
  const limit = (typed: string | undefined, saved: Amount | null, of: AmountRules) => {
    const text = typed ?? written(saved);
    const value = typed === undefined ? saved : readLimit(typed, of);
    return {
      text,
      value,
      isChanged: value !== saved,
      /** What it may be at most, where that is to be said. */
      wrongOver: areProblemsShown && value === undefined ? plain(of.cap, till.language) : undefined,
    };
  };
  const balance = limit(draft.balance, permissions.balanceLimit, rules.balance);
  const point = limit(draft.point, permissions.pointLimit, rules.point);
  const limits = [balance, point];
  const changes =
    limits.filter(({ isChanged }) => isChanged).length +
    offeredActs.filter((act) => acts[act] !== permissions.acts[act]).length;
  useUnsaved(changes > 0);
  const discard = () => {
    setDraft({});
    showProblems(false);
  };
  return {
    acts,
    balance,
    point,
    changes,
    wrong: limits.filter(({ wrongOver }) => wrongOver !== undefined).length,
    saving,
    edit: (change: Draft) => {
      onTouch();
      saving.forget();
      setDraft((current) => ({ ...current, ...change }));
    },
    discard,
    save: () => {
      const [balanceLimit, pointLimit] = [balance.value, point.value];
      if (balanceLimit === undefined || pointLimit === undefined) {
        showProblems(true);
        return onWrong();
      }
      onTouch();
      void saving.save(
        (pin) =>
          bridge.peopleSetPermissions({
            version,
            permissions: { acts, balanceLimit, pointLimit },
            pin,
          }),
        // What was saved comes back as a topic, and is no change then.
        () => undefined,
      );
    },
  };
}
export type PermissionsForm = ReturnType<typeof usePermissions>;
