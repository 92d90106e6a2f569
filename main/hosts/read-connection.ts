import type { Pause } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { storeDay } from '../kernel/store-time.ts';
import { systemRandom } from '../kernel/system.ts';
import { type CallBudgetParts, createCallBudget } from './calls/call-budget-service.ts';
import { createCallMeter } from './calls/call-meter-repository.ts';
import type { TillConfig } from './config.ts';
import { createLink } from './link/link.ts';
import { heardSkewMs } from './link/stored-skew.ts';

interface ReadParts {
  /** Another process may run this till: nothing is written. */
  readonly db: Db;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly config: TillConfig;
  readonly policy: CallBudgetParts['policy'];
  readonly waiting: number;
}

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The connection as a till that is opened now would recall it. */
export function readConnection({ db, settings, clock, config, policy, waiting }: ReadParts) {
  const today = () => storeDay(clock.nowMs(), config.storeTimeZone);
  const link = createLink(settings, clock, systemRandom, silent);
  const { used, limit, left } = createCallBudget({
    meter: createCallMeter(db, clock, config.storeTimeZone),
    settings,
    link,
    policy,
    tillCount: config.tillCount,
    isFree: false,
    waiting: () => waiting,
    today,
    logger: silent,
  }).shown();
  const pauses = link.state.pauses.map(({ reason, sinceMs, needsManager }): Omit<Pause, 'words'> => {
    return { reason, sinceMs, needsManager };
  });
  return { calls: { used, limit, left }, pauses, clockSkewMs: heardSkewMs(settings) };
}
