import type { Amount, EntryTerms } from '../../../preload/contract/index.ts';
import { fromScaled, toScaled } from '../../kernel/scaled.ts';

/** The terms of an entry as its `added` row and the tables have them. Amounts are integers in ten-thousandths, as text. */
export interface StatedTerms {
  readonly tender: string | null;
  readonly given_e4: string | null;
  readonly bonus_e4: string | null;
  readonly purchase_e4: string | null;
  readonly reason: string | null;
  readonly rules_version: number | null;
  readonly rule: string | null;
  readonly approved_by: string | null;
  readonly bonus_let_go_e4: string | null;
  readonly rule_id: string | null;
}

/** What a change of the tender replaces; the other terms are as they were entered. */
export const paidNames = ['tender', 'given_e4'] as const satisfies readonly (keyof StatedTerms)[];

const isPaid = (name: keyof StatedTerms): name is (typeof paidNames)[number] =>
  paidNames.some((paid) => paid === name);

/** What an entry from before there were terms says of them. */
export const noStatedTerms: StatedTerms = {
  tender: null,
  given_e4: null,
  bonus_e4: null,
  purchase_e4: null,
  reason: null,
  rules_version: null,
  rule: null,
  approved_by: null,
  bonus_let_go_e4: null,
  rule_id: null,
};

export const frozenTermNames = (Object.keys(noStatedTerms) as (keyof StatedTerms)[]).filter(
  (name) => !isPaid(name),
);

const scaled = (value: Amount | null): string | null => (value === null ? null : toScaled(value));
const unscaled = (text: string | null): Amount | null => (text === null ? null : fromScaled(text));

export const statedTerms = (terms: EntryTerms): StatedTerms => ({
  tender: terms.tender,
  given_e4: scaled(terms.given),
  bonus_e4: scaled(terms.bonus),
  purchase_e4: scaled(terms.purchase),
  reason: terms.reason,
  rules_version: terms.rulesVersion,
  rule: terms.rule,
  approved_by: terms.approvedBy,
  bonus_let_go_e4: scaled(terms.bonusLetGo),
  rule_id: terms.ruleId,
});

/** The other way. */
export const termsOf = (stated: StatedTerms): EntryTerms => ({
  tender: stated.tender,
  given: unscaled(stated.given_e4),
  bonus: unscaled(stated.bonus_e4),
  purchase: unscaled(stated.purchase_e4),
  reason: stated.reason,
  rulesVersion: stated.rules_version,
  rule: stated.rule,
  approvedBy: stated.approved_by,
  bonusLetGo: unscaled(stated.bonus_let_go_e4),
  ruleId: stated.rule_id,
});

/** Of what is entered without any: a correction, a check-up's step, a till without rules. */
export const noTerms: EntryTerms = termsOf(noStatedTerms);
