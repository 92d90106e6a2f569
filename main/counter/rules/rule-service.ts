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
import type { Changed } from '../../kernel/room.ts';
import type { BonusHad } from './bonus-had-repository.ts';
import { type Bounds, checkRules, trimmedRules } from './check-rules.ts';
import { givesOnceADay } from './clock-back.ts';
import type { ClockBackWatch } from './clock-back-repository.ts';
import { decide } from './decide.ts';
import type { RuleRepository } from './rule-repository.ts';

/** A top-up, of a member as this till knows one. */
export interface AskedTopUp {
  readonly customerUid: string;
  readonly category: string;
  readonly principal: Amount;
  readonly purchase: Amount;
}

export interface RuleService {
  book(): RuleBook;
  save(rules: ShopRules, basedOn: number, who: Actor): Result<RuleBook, AppError>;
  /** What a top-up would get by rules that are not saved yet. */
  tryOut(rules: ShopRules, sample: RuleSample): Result<Tried, AppError>;
  /** What a top-up gets now. */
  gets(asked: AskedTopUp): Tried;
  /** Looks whether the clock was set back over a day of the rules. */
  look(): void;
  /**
   * The latest day of this till's entries, where the clock stands before it and a bonus is given once a day: what was had on
   * any day since the clock's own is not given again. Else null.
   */
  aheadOfClock(): string | null;
}

export interface RuleServiceParts {
  readonly repository: RuleRepository;
  readonly clockBack: ClockBackWatch;
  readonly bounds: Bounds;
  readonly today: () => string;
  readonly bonusHad: BonusHad;
  readonly newestDay: () => string | null;
  readonly changed: Changed<'rules'>;
}

const nothingHad: ReadonlySet<string> = new Set();

const idsOf = ({ bonus }: Pick<ShopRules, 'bonus'>): ReadonlySet<string> =>
  new Set(bonus.map(({ id }) => id));

export function createRuleService(parts: RuleServiceParts): RuleService {
  const { repository, clockBack, bounds, today } = parts;
  let told: string | null = null;

  const aheadOfClock = (): string | null => {
    const newest = givesOnceADay(repository.current()) ? parts.newestDay() : null;
    return newest !== null && newest > today() ? newest : null;
  };
  const look = (): void => {
    clockBack.look();
    const ahead = aheadOfClock();
    if (ahead !== told) parts.changed('rules');
    told = ahead;
  };
  return {
    look,
    aheadOfClock,
    book: repository.current,
    save: (rules, basedOn, who) => {
      const problem = checkRules(rules, bounds);
      if (problem !== null) return err(problem);
      const saved = repository.save(trimmedRules(rules), basedOn, who);
      if (saved.ok) clockBack.forget();
      return saved;
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
      look();
      const book = repository.current();
      const day = today();
      const had = givesOnceADay(book) ? parts.bonusHad(customerUid, day) : nothingHad;
      // It may have been of any of them: none is given twice on a guess.
      const hadToday = had.has(null) ? idsOf(book) : new Set([...had].filter((id) => id !== null));
      return decide(book, { ...asked, day, hadToday }, bounds);
    },
  };
}
