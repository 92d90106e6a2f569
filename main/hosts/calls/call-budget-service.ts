import { z } from 'zod';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { parsedOnce, readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Link } from '../link/link.ts';
import { isQuotaSpent } from '../link/pauses.ts';
import { type CallFacts, type CallPurpose, callsFor, keptNow, leftOfAccount } from './call-budget.ts';
import type { CallMeter } from './call-meter-repository.ts';

/** This till's share of the account's calls of the day (ADR 68). */
export interface CallBudget {
  /** Calls left for a purpose; infinite for those that are never limited. */
  left(purpose: CallPurpose): number;
  may(purpose: CallPurpose): boolean;
  shown(): Snapshot['budget'];
}

export interface CallBudgetParts {
  readonly meter: Pick<CallMeter, 'usedToday'>;
  readonly settings: Settings;
  readonly link: Pick<Link, 'state' | 'onChange'>;
  readonly policy: () => { readonly callsPerDay: number };
  readonly tillCount: number;
  /** The practice store has no call limit. */
  readonly isFree: boolean;
  readonly waiting: () => number;
  readonly today: () => string;
  readonly logger: Logger;
}

/** Where it is stored what this till had used when KYBIO took calls again: its day may begin at another hour than the store's. */
export const CALLS_FREED_KEY = 'calls.freed';
const freedSchema = z.object({ day: z.string(), used: z.number().int().nonnegative() });
const freedIn = parsedOnce((text) => freedSchema.safeParse(readJson(text)).data ?? null);

export function createCallBudget(parts: CallBudgetParts): CallBudget {
  const { meter, settings, link, policy, tillCount, today, logger } = parts;
  link.onChange((before, after) => {
    if (!isQuotaSpent(before) || isQuotaSpent(after)) return;
    try {
      settings.set(CALLS_FREED_KEY, JSON.stringify({ day: today(), used: meter.usedToday() }));
    } catch (thrown) {
      logger.warn('calls.freed-not-kept', { error: String(thrown) });
    }
  });

  const facts = (): CallFacts => {
    const freed = freedIn(settings.get(CALLS_FREED_KEY));
    return {
      limit: policy().callsPerDay,
      tillCount,
      used: Math.max(0, meter.usedToday() - (freed?.day === today() ? freed.used : 0)),
      increments: meter.usedToday('increment'),
      pages: meter.usedToday('directory'),
      waiting: parts.waiting(),
      isSpent: isQuotaSpent(link.state),
    };
  };
  const left = (purpose: CallPurpose): number =>
    parts.isFree ? policy().callsPerDay : callsFor(purpose, facts());
  return {
    left,
    may: (purpose) => left(purpose) > 0,
    shown: () => {
      const now = facts();
      return {
        used: meter.usedToday(),
        limit: now.limit,
        left: leftOfAccount(now),
        kept: keptNow(now),
        lookUpsLeft: callsFor('refresh', now),
      };
    },
  };
}
