import { inLanguage } from '../../preload/contract/index.ts';
import type { Limits } from '../counter/limits.ts';
import type { PolicyRepository } from '../counter/policy-repository.ts';
import type { Room } from '../room.ts';
import type { TillConfig } from './config.ts';

/** Which till this is, and what its form may take. */
export const createTillRoom = (
  config: TillConfig,
  limits: Limits,
  policy: Pick<PolicyRepository, 'current'>,
): Room => ({
  name: 'till',
  shows: {
    till: () => {
      const { scanMeanGapMs, scanPrefix, scanSuffix, scanEnd, keypad, screenLanguage } = policy.current();
      return {
        name: config.tillName,
        number: config.tillNumber,
        count: config.tillCount,
        actor: config.tillName,
        storeTimeZone: config.storeTimeZone,
        currency: config.currency,
        language:
          screenLanguage === 'as-set-up' ? config.language : inLanguage(config.language, screenLanguage),
        host: config.host,
        appId: config.appId,
        balanceCap: limits.balanceCap,
        pointCap: limits.pointCap,
        pointDecimals: limits.pointDecimals,
        quickAmounts: [...limits.quickAmounts],
        scanner: { meanGapMs: scanMeanGapMs, prefix: scanPrefix, suffix: scanSuffix, end: scanEnd },
        keypad,
      };
    },
  },
});
