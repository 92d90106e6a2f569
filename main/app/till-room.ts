import {
  atHome,
  inLanguage,
  type Language,
  type Policy,
  type SetAbove,
} from '../../preload/contract/index.ts';
import type { Limits, PolicyRepository } from '../counter/index.ts';
import type { TillConfig } from '../hosts/index.ts';
import type { Room } from '../kernel/room.ts';
import type { NumbersSeen } from '../ledger/index.ts';

interface Shown {
  readonly name: string;
  readonly language: Language | null;
}

/** The chosen language, with number formats of the till's country. */
export const languageOfTill = (
  { language, storeTimeZone }: Pick<TillConfig, 'language' | 'storeTimeZone'>,
  chosen: Language | 'as-set-up',
): string => atHome(chosen === 'as-set-up' ? language : inLanguage(language, chosen), storeTimeZone);

const twiceOf = (numbersSeen: Pick<NumbersSeen, 'twice'>) => {
  const found = numbersSeen.twice();
  return found === null ? null : { till: found.till, what: found.what };
};

export const createTillRoom = (
  config: TillConfig,
  limits: Limits,
  policy: Pick<PolicyRepository, 'current'>,
  numbersSeen: Pick<NumbersSeen, 'twice'>,
  person: () => Shown | null,
  above: () => SetAbove,
): Room => ({
  name: 'till',
  shows: {
    till: () => {
      const { scanMeanGapMs, scanPrefix, scanSuffix, scanEnd, keypad, screenLanguage, tenders } =
        policy.current();
      const there = person();
      return {
        name: config.tillName,
        number: config.tillNumber,
        count: config.tillCount,
        numberTwice: twiceOf(numbersSeen),
        actor: there?.name ?? config.tillName,
        storeTimeZone: config.storeTimeZone,
        currency: config.currency,
        language: languageOfTill(config, there?.language ?? screenLanguage),
        host: config.host,
        appId: config.appId,
        balanceCap: limits.balanceCap,
        pointCap: limits.pointCap,
        pointDecimals: limits.pointDecimals,
        quickAmounts: [...limits.quickAmounts],
        tenders,
        scanner: { meanGapMs: scanMeanGapMs, prefix: scanPrefix, suffix: scanSuffix, end: scanEnd },
        keypad,
        setByIt: above().it as (keyof Policy)[],
      };
    },
  },
});
