import type { EntryTerms } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { entriesOfMember } from '../../ledger/tables/index.ts';
import { ruleIdOf } from './rule-ids.ts';

/**
 * The rules whose bonus a member of this account had on a day of the store or later, as far as this till knows: where its
 * clock was set back, what was had on a day that is still to come counts as had. What was refused or cancelled was not had,
 * nor what was taken back whole and is gone; of what was let go the member has something. What a manager sent anew, or
 * credited since it was missing, was had when it was entered. Null among them: a bonus of which nobody knows the rule,
 * since its entry was taken up from a receipt.
 */
export type BonusHad = (customerUid: string, day: string) => ReadonlySet<string | null>;

export interface BonusHadParts {
  readonly db: Db;
  readonly identity: { readonly accountHost: string; readonly accountAppId: string };
}

/** The entry in whose place a manager had another one made: its request id names that one, or the doubt about it. */
const insteadOf = `CASE WHEN later.request_id LIKE 'replace:%' THEN SUBSTR(later.request_id, 9)
  WHEN later.request_id LIKE 'correct:%'
    THEN (SELECT d.increment_id FROM doubt d WHERE d.id = SUBSTR(later.request_id, 9, 36)) END`;

export function createBonusHad({ db, identity: { accountHost, accountAppId } }: BonusHadParts): BonusHad {
  // What the state is not is said for the index of what takes entries back, which has no others.
  const had = db.prepare(
    `SELECT i.rule, i.rule_id AS ruleId FROM increment i
     WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.store_day >= @day AND (i.rule IS NOT NULL OR i.bonus_e4 IS NOT NULL)
       AND i.kind <> 'reversal' AND i.state NOT IN ('rejected', 'cancelled')
       AND i.account IN (SELECT number FROM account WHERE host = @accountHost AND app_id = @accountAppId)
       AND NOT EXISTS (SELECT 1 FROM increment r WHERE r.corrects = i.id AND r.state = 'confirmed'
         AND r.state NOT IN ('rejected', 'cancelled') AND r.balance_increment_e4 = -i.balance_increment_e4)
       AND @day <= (WITH RECURSIVE meant (id, store_day, depth) AS (
         SELECT i.id, i.store_day, 0
         UNION ALL SELECT e.id, e.store_day, meant.depth + 1 FROM meant
           JOIN increment later ON later.id = meant.id JOIN increment e ON e.id = ${insteadOf})
         SELECT store_day FROM meant ORDER BY depth DESC LIMIT 1)`,
  );
  return (customerUid, day) => {
    const rows = had.all({ customerUid, day, accountHost, accountAppId });
    return new Set((rows as Pick<EntryTerms, 'rule' | 'ruleId'>[]).map(ruleIdOf));
  };
}
