import { isDeepStrictEqual } from 'node:util';
import {
  addAmounts,
  appError,
  type EntryRule,
  err,
  negateAmount,
  ok,
  type RuleBook,
  type SetAbove,
  type ShopRules,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { fixedAmong } from '../../kernel/fixed.ts';
import type { Room } from '../../kernel/room.ts';
import type { Increment, OutboxRepository } from '../../ledger/index.ts';
import { tierFor } from './decide.ts';
import { bonusRuleOf } from './rule-ids.ts';
import type { RuleRepository } from './rule-repository.ts';
import type { RuleService } from './rule-service.ts';

interface RulesRoomParts {
  readonly rules: RuleService;
  readonly ruleBooks: Pick<RuleRepository, 'version' | 'savedAtMs'>;
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly today: () => string;
  readonly categories: () => readonly string[];
  /** What is not a manager's to change. */
  readonly above: () => SetAbove;
}

const shownRules = ({ version, bonus, points, reasons }: RuleBook) => ({
  version,
  givesAnything: bonus.length + points.length > 0,
  asksPurchase: points.some(({ per }) => per === 'purchase'),
  reasons,
});

/** The rule that gave an entry its bonus, as it was then; null if none, or its version is lost. */
function ruleOf({ ruleBooks }: RulesRoomParts, { terms, balanceIncrement }: Increment): EntryRule | null {
  const { rulesVersion: version, rule: name, bonus } = terms;
  const rule = bonusRuleOf(terms, ruleBooks.version);
  if (version === null || name === null || rule === null) return null;
  // Negative for a reversal.
  const sum = addAmounts(balanceIncrement, negateAmount(bonus ?? zeroAmount));
  const tier = tierFor(rule, sum.startsWith('-') ? negateAmount(sum) : sum);
  if (tier === undefined) return null;
  return { name, version, savedAtMs: ruleBooks.savedAtMs(version), kind: rule.kind, ...tier };
}

/** Which of the owner's parts would be another. */
const partsChanged = (before: ShopRules, after: ShopRules): readonly string[] => [
  ...(isDeepStrictEqual([before.bonus, before.points], [after.bonus, after.points]) ? [] : ['rules']),
  ...(isDeepStrictEqual(before.reasons, after.reasons) ? [] : ['reasons']),
];

export function createRulesRoom(parts: RulesRoomParts): Room {
  const { rules, today } = parts;
  const fixedBy = (wanted: ShopRules) => fixedAmong(partsChanged(rules.book(), wanted), parts.above());
  return {
    name: 'rules',
    handlers: {
      'rules:get': () => ok({ book: rules.book(), today: today(), categories: [...parts.categories()] }),
      'rules:tryOut': ({ rules: wanted, sample }) => rules.tryOut(wanted, sample),
      'rules:ofEntry': ({ id }) => {
        const entry = parts.outbox.byId(id);
        return entry === null ? err(appError('entry-not-found')) : ok({ rule: ruleOf(parts, entry) });
      },
    },
    managersHandlers: {
      'rules:save': ({ rules: wanted, basedOn }, who) => {
        const fixed = fixedBy(wanted);
        if (fixed !== null) return err(fixed);
        const saved = rules.save(wanted, basedOn, who);
        return saved.ok ? ok({ book: saved.value }) : saved;
      },
    },
    shows: { rules: () => shownRules(rules.book()) },
  };
}
