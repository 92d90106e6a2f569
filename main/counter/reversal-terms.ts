import { type EntryTerms, negateAmount } from '../../preload/contract/index.ts';
import { noTerms } from '../ledger/tables/index.ts';

const opposite = ({ bonus }: EntryTerms) => (bonus === null ? null : negateAmount(bonus));

const ruleTerms = ({ rulesVersion, rule, ruleId }: EntryTerms) => ({ rulesVersion, rule, ruleId });

/** The terms of a reversal; it is refunded by `tender`, the tender of the payment. */
export const reversalTerms = (original: EntryTerms, tender: string | null): EntryTerms => ({
  ...noTerms,
  tender,
  bonus: opposite(original),
  ...ruleTerms(original),
});
