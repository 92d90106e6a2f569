import type { Settings } from '../../kernel/database/settings-repository.ts';
import { every } from '../../kernel/every.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import { minuteOfDay, storeDay } from '../../kernel/store-time.ts';
import type { Link } from '../link/link.ts';
import type { MemberHost } from '../port/member-host.ts';
import type { Numbering } from '../send-second.ts';
import type { CallBudget } from './call-budget-service.ts';
import { askCallCount, CALL_COUNT_KEY, COUNT_QUERIED_KEY, countTurn, storedCount } from './call-count.ts';
import type { CallMeter } from './call-meter-repository.ts';

/** Queries, in this till's turns, how many calls the account has made: at most three times a day for all tills. */
export interface CallCountService {
  start(): void;
  stop(): void;
  /** After sleep: a turn may have come meanwhile. */
  wokeUp(): void;
}

export interface CallCountParts {
  readonly client: () => MemberHost;
  readonly settings: Settings;
  readonly meter: CallMeter;
  readonly callBudget: Pick<CallBudget, 'may'>;
  readonly link: Pick<Link, 'state'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
  readonly numbering: Numbering;
  readonly canCall: () => boolean;
  readonly changed: Changed<'budget'>;
}

/** A turn is half an hour at least. */
const CHECK_EVERY_MS = 600_000;

export function createCallCountService(parts: CallCountParts): CallCountService {
  const { settings, meter, link, clock, logger, storeTimeZone, numbering } = parts;
  let cancel = (): void => undefined;
  let isStopped = true;
  let isAsking = false;
  /** KYBIO has no such call, or does not permit it: asked again after the next start. */
  let isRefused = false;

  /** Null where it is not this till's turn, or was used already. */
  const turnOf = (nowMs: number): number | null => {
    const minute = minuteOfDay(nowMs, storeTimeZone);
    const turn = countTurn({ day: storeDay(nowMs, storeTimeZone), minute }, numbering);
    return turn !== null && settings.get(COUNT_QUERIED_KEY) !== String(turn) ? turn : null;
  };

  const mayAsk = (): boolean =>
    link.state.reach === 'online' &&
    link.state.pauses.length === 0 &&
    parts.canCall() &&
    !isRefused &&
    parts.callBudget.may('count');

  const ask = async (turn: number, today: string): Promise<void> => {
    // Stored before the call: whatever its result, the turn is used.
    settings.set(COUNT_QUERIED_KEY, String(turn));
    const { exchange, result } = await askCallCount(parts, today, 'count');
    if (isStopped) return;
    if (exchange.phase === 'connecting') return settings.remove(COUNT_QUERIED_KEY);
    if (!result.ok) {
      const { kind, cause } = result.error;
      isRefused = kind === 'refused' || kind === 'nothing';
      return logger.warn('call-count.not-told', { kind, cause });
    }
    const count = storedCount(result.value, { today, mine: meter.usedToday(), atMs: clock.nowMs() });
    if (count === null) return logger.warn('call-count.not-of-today', { days: result.value.length });
    settings.set(CALL_COUNT_KEY, JSON.stringify(count));
    const { limit, used, mine } = count;
    logger.info('call-count.told', { limit, used, mine });
    parts.changed('budget');
  };

  const look = (): void => {
    if (isStopped || isAsking) return;
    const nowMs = clock.nowMs();
    const turn = turnOf(nowMs);
    if (turn === null || !mayAsk()) return;
    isAsking = true;
    ask(turn, storeDay(nowMs, storeTimeZone))
      .catch((thrown: unknown) => logger.error('call-count.failed', { error: String(thrown) }))
      .finally(() => {
        isAsking = false;
      });
  };

  return {
    start: () => {
      isStopped = false;
      cancel = every(clock, CHECK_EVERY_MS, look);
    },
    stop: () => {
      isStopped = true;
      cancel();
    },
    wokeUp: look,
  };
}
