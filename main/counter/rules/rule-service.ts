import {
  type Amount,
  type AppError,
  appError,
  compareAmounts,
  err,
  ok,
  type Result,
  type RuleBook,
  type RuleSample,
  type ShopRules,
  type Tried,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { BonusHad } from './bonus-had-repository.ts';
import { type Bounds, checkRules, trimmedRules } from './check-rules.ts';
import { decide } from './decide.ts';
import type { RuleRepository } from './rule-repository.ts';

interface AskedTopUp {
  readonly customerUid: string;
  readonly category: string;
  readonly principal: Amount;
  readonly purchase: Amount;
}

export interface RuleService {
  book(): RuleBook;
  save(rules: ShopRules, basedOn: number, who: Actor): Result<RuleBook, AppError>;
  /** An owner's rules, in the caller's transaction, with their ids and, where it is free, their version. */
  takeOver(rules: ShopRules, version: number, who: Actor): AppError | null;
  /** What a top-up would get by unsaved rules. */
  tryOut(rules: ShopRules, sample: RuleSample): Result<Tried, AppError>;
  gets(asked: AskedTopUp): Tried;
}

interface RuleServiceParts {
  readonly repository: RuleRepository;
  readonly bounds: Bounds;
  readonly today: () => string;
  readonly bonusHad: BonusHad;
}

const nothingHad: ReadonlySet<string> = new Set();

const givesOnceADay = ({ bonus }: RuleBook): boolean => bonus.some(({ oncePerDay }) => oncePerDay);

const idsOf = ({ bonus }: Pick<ShopRules, 'bonus'>): ReadonlySet<string> =>
  new Set(bonus.map(({ id }) => id));

export function createRuleService(parts: RuleServiceParts): RuleService {
  const { repository, bounds, today } = parts;
  return {
    book: repository.current,
    save: (rules, basedOn, who) => {
      const problem = checkRules(rules, bounds);
      return problem === null ? repository.save(trimmedRules(rules), basedOn, who) : err(problem);
    },
    takeOver: (rules, version, who) => {
      const problem = checkRules(rules, bounds);
      if (problem !== null) return problem;
      repository.takeOver(trimmedRules(rules), version, who);
      return null;
    },
    tryOut: (rules, { hadToday, ...sample }) => {
      const problem = checkRules(rules, bounds);
      if (problem !== null) return err(problem);
      const isNegative = (value: Amount) => compareAmounts(value, zeroAmount) < 0;
      if (isNegative(sample.principal) || isNegative(sample.purchase))
        return err(appError('amount-invalid', { problem: 'negative' }));
      const had = hadToday ? idsOf(rules) : nothingHad;
      return ok(
        decide({ ...rules, version: repository.current().version }, { ...sample, hadToday: had }, bounds),
      );
    },
    gets: ({ customerUid, ...asked }) => {
      const book = repository.current();
      const day = today();
      const had = givesOnceADay(book) ? parts.bonusHad(customerUid, day) : nothingHad;
      // An unknown rule may be any of them.
      const hadToday = had.has(null) ? idsOf(book) : new Set([...had].filter((id) => id !== null));
      return decide(book, { ...asked, day, hadToday }, bounds);
    },
  };
}
