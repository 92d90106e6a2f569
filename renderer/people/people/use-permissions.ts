import { useEffect, useRef } from 'react';
import { currencyDecimals, err, ok, parseAmount, separators } from '../../../preload/contract/app/values.ts';
import type {
  Amount,
  AmountRules,
  People,
  Permissions,
  Result,
  Till,
} from '../../../preload/contract/index.ts';
import { plain } from '../../kit/format.ts';
import type { Phrase } from '../../kit/phrase.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useKept } from '../../shared/kept.ts';
import { useTill } from '../../shared/topics.ts';

const rulesOf = (till: Till): { readonly balance: AmountRules; readonly point: AmountRules } => {
  const signs = separators(till.language);
  return {
    balance: { ...signs, decimals: currencyDecimals(till.currency), cap: till.balanceCap },
    point: { ...signs, decimals: till.pointDecimals, cap: till.pointCap },
  };
};

/** A limit as it is typed: empty is none. */
function readLimit(typed: string, rules: AmountRules, locale: string): Result<Amount | null, Phrase> {
  const parsed = parseAmount(typed, rules);
  if (parsed.ok) return ok(parsed.value);
  if (parsed.error === 'empty') return ok(null);
  return err({ key: 'people.limitWrong', values: { cap: plain(rules.cap, locale) } });
}

/** What cashiers may do, each answer saved as it is given. */
export function usePermissions({ permissions, version }: People) {
  const till = useTill();
  const rules = rulesOf(till);
  // What was saved comes back as a topic, later than the reply.
  const known = useRef(0);
  const kept = useKept<Permissions>({
    of: 'people',
    send: async (whole, pin) => {
      const reply = await bridge.peopleSetPermissions({ version: known.current, permissions: whole, pin });
      if (reply.ok) known.current++;
      return reply;
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version.
  useEffect(() => {
    if (version < known.current) return;
    known.current = version;
    kept.keep(permissions);
  }, [version]);
  const limit = (name: 'balanceLimit' | 'pointLimit', of: AmountRules) => {
    const value = (kept.shown ?? permissions)[name];
    return {
      written: value === null ? '' : plain(value, till.language),
      read: (typed: string) => readLimit(typed, of, till.language),
      onSet: (now: Amount | null) => kept.set({ [name]: now }),
    };
  };
  return {
    ...kept,
    acts: (kept.shown ?? permissions).acts,
    balance: limit('balanceLimit', rules.balance),
    point: limit('pointLimit', rules.point),
  };
}
export type PermissionsForm = ReturnType<typeof usePermissions>;
