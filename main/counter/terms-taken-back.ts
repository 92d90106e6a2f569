import { type EntryTerms, negateAmount } from '../../preload/contract/index.ts';
import { noTerms } from '../ledger/tables/index.ts';

const opposite = ({ bonus }: EntryTerms) => (bonus === null ? null : negateAmount(bonus));

/** What a reversal says of the entry that it takes back: the money goes back by the way it came, which is the `tender`. */
export const termsTakenBack = (original: EntryTerms, tender: string | null): EntryTerms => ({
  ...noTerms,
  tender,
  bonus: opposite(original),
  rulesVersion: original.rulesVersion,
  rule: original.rule,
  ruleId: original.ruleId,
});

/**
 * What mends an entry that KYBIO has twice, or not at all: the member paid once for it, and pays nothing for the mending
 * nor gets anything back.
 */
export const termsOfCorrection = (original: EntryTerms, isTakenBack: boolean): EntryTerms => ({
  ...noTerms,
  bonus: isTakenBack ? opposite(original) : original.bonus,
  rulesVersion: original.rulesVersion,
  rule: original.rule,
  ruleId: original.ruleId,
});
