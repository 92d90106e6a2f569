import type { EntryTerms } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { entriesOfMember } from '../../ledger/tables/index.ts';

/**
 * The rules whose bonus a member had on a store day or later (later if a clock was set back). Refused, cancelled and
 * wholly reversed entries do not count; written-off bonus does. Replacements and repeated credits count when first
 * entered. Contains null for an imported bonus of unknown rule.
 */
export type BonusHad = (customerUid: string, day: string) => ReadonlySet<string | null>;

/** The entry that a replacement stands for, from its request id. */
const insteadOf = "CASE WHEN later.request_id LIKE 'replace:%' THEN SUBSTR(later.request_id, 9) END";

export function createBonusHad(db: Db): BonusHad {
  // The redundant condition on the state makes the partial index of reversals usable.
  const had = db.prepare(
    `SELECT i.rule_id AS ruleId FROM increment i
     WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.store_day >= @day AND (i.rule IS NOT NULL OR i.bonus_e4 IS NOT NULL)
       AND i.kind <> 'reversal' AND i.state NOT IN ('rejected', 'cancelled')
       AND NOT EXISTS (SELECT 1 FROM increment r WHERE r.corrects = i.id AND r.state = 'confirmed'
         AND r.state NOT IN ('rejected', 'cancelled') AND r.balance_increment_e4 = -i.balance_increment_e4)
       AND @day <= (WITH RECURSIVE meant (id, store_day, depth) AS (
         SELECT i.id, i.store_day, 0
         UNION ALL SELECT e.id, e.store_day, meant.depth + 1 FROM meant
           JOIN increment later ON later.id = meant.id JOIN increment e ON e.id = ${insteadOf})
         SELECT store_day FROM meant ORDER BY depth DESC LIMIT 1)`,
  );
  return (customerUid, day) => {
    const rows = had.all({ customerUid, day });
    return new Set((rows as Pick<EntryTerms, 'ruleId'>[]).map(({ ruleId }) => ruleId));
  };
}
