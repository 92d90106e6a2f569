import type { Db } from '../database/open.ts';

/**
 * The rules whose bonus a member had on a day of the store, as far as this till knows. What was refused or cancelled was not
 * had, nor what was taken back whole and is gone; of what was let go the member has something. Null among them: a bonus of
 * which nobody knows the rule, since its entry was taken up from a receipt.
 */
export type BonusHad = (customerUid: string, day: string) => ReadonlySet<string | null>;

export function createBonusHad(db: Db): BonusHad {
  // What the state is not is said for the index of what takes entries back, which has no others.
  const had = db.prepare(
    `SELECT i.rule AS rule FROM increment i
     WHERE i.customer_uid = ? AND i.store_day = ? AND (i.rule IS NOT NULL OR i.bonus_e4 IS NOT NULL) AND i.kind <> 'reversal'
       AND i.state NOT IN ('rejected', 'cancelled')
       AND NOT EXISTS (SELECT 1 FROM increment r WHERE r.corrects = i.id AND r.state = 'confirmed'
         AND r.state NOT IN ('rejected', 'cancelled') AND r.balance_increment_e4 = -i.balance_increment_e4)`,
  );
  return (customerUid, day) =>
    new Set((had.all(customerUid, day) as { readonly rule: string | null }[]).map(({ rule }) => rule));
}
