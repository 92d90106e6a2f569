import { inLanguage, type Language } from '../../preload/contract/index.ts';
import type { Limits } from '../counter/limits.ts';
import type { PolicyRepository } from '../counter/policy-repository.ts';
import type { Room } from '../room.ts';
import type { TillConfig } from './config.ts';

/** As much as is shown of whoever is there. */
interface Shown {
  readonly name: string;
  readonly language: Language | null;
}

/** Which till this is, who is there, and what its form may take. */
export const createTillRoom = (
  config: TillConfig,
  limits: Limits,
  policy: Pick<PolicyRepository, 'current'>,
  person: () => Shown | null,
): Room => ({
  name: 'till',
  shows: {
    till: () => {
      const { scanMeanGapMs, scanPrefix, scanSuffix, scanEnd, keypad, screenLanguage, tenders } =
        policy.current();
      const there = person();
      const language = there?.language ?? screenLanguage;
      return {
        name: config.tillName,
        number: config.tillNumber,
        count: config.tillCount,
        actor: there?.name ?? config.tillName,
        storeTimeZone: config.storeTimeZone,
        currency: config.currency,
        language: language === 'as-set-up' ? config.language : inLanguage(config.language, language),
        host: config.host,
        appId: config.appId,
        balanceCap: limits.balanceCap,
        pointCap: limits.pointCap,
        pointDecimals: limits.pointDecimals,
        quickAmounts: [...limits.quickAmounts],
        tenders,
        scanner: { meanGapMs: scanMeanGapMs, prefix: scanPrefix, suffix: scanSuffix, end: scanEnd },
        keypad,
      };
    },
  },
});
