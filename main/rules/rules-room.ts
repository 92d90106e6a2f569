import { ok, type RuleBook } from '../../preload/contract/index.ts';
import type { Room } from '../room.ts';
import type { ClockBackWatch } from './clock-back-repository.ts';
import type { RuleService } from './rule-service.ts';

export interface RulesRoomParts {
  readonly rules: RuleService;
  readonly clockBack: ClockBackWatch;
  readonly today: () => string;
}

/** What the form has to know of the rules before it asks. */
const shownRules = ({ version, bonus, points, reasons }: RuleBook) => ({
  version,
  givesAnything: bonus.length + points.length > 0,
  asksPurchase: points.some(({ per }) => per === 'purchase'),
  reasons,
});

/** What the shop gives with a top-up, as a manager keeps it. */
export function createRulesRoom({ rules, clockBack, today }: RulesRoomParts): Room {
  return {
    name: 'rules',
    handlers: {
      'rules:get': () => {
        clockBack.look();
        return ok({ book: rules.book(), today: today() });
      },
      'rules:tryOut': ({ rules: wanted, sample }) => rules.tryOut(wanted, sample),
    },
    managersHandlers: {
      'rules:save': ({ rules: wanted, basedOn }, who) => {
        const saved = rules.save(wanted, basedOn, who);
        return saved.ok ? ok({ book: saved.value }) : saved;
      },
    },
    start: clockBack.look,
    wokeUp: clockBack.look,
    shows: { rules: () => ({ ...shownRules(rules.book()), clockBack: clockBack.found() }) },
  };
}
