import { isDeepStrictEqual } from 'node:util';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { every } from '../../kernel/every.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { StateReader } from './state-reader.ts';
import type { StateWriter } from './state-writer.ts';
import type { ZCourier } from './z-courier.ts';

export interface StatesWatchParts {
  readonly folder: () => string | null;
  readonly writer: StateWriter;
  readonly reader: StateReader;
  readonly courier: ZCourier;
  /** Whether a till that was read has this till's number. */
  readonly meetNumbers: () => void;
  /** Calls back once a Z was made; the returned function ends that. */
  readonly onZ: (made: () => void) => () => void;
  readonly clock: Pick<Clock, 'schedule'>;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  readonly changed: Changed<'chain'>;
}

/** Leaves this till's state and Zs in the chain's folder, and reads the others'. */
export interface StatesWatch {
  start(): void;
  stop(): void;
  /** Once more, now. */
  round(): Promise<void>;
  /** Another chain, or none. */
  renew(): void;
  /** Why the folder is not written to or read; or that another computer runs this till. */
  problem(): AppError | null;
}

/** A start has enough to do, and a Z is written before its backup. */
const SOON_MS = 5_000;
const EVERY_MS = 300_000;

export function createStatesWatch(parts: StatesWatchParts): StatesWatch {
  const { writer, reader, courier, clock, logger } = parts;
  const runExclusive = createMutex();
  let isStopped = true;
  let failure: AppError | null = null;
  let told: AppError | null = null;
  let endRounds = (): void => undefined;
  let endSoon = (): void => undefined;
  let endZs = (): void => undefined;

  const problem = (): AppError | null =>
    writer.copyAtMs() === null ? failure : appError('chain-till-twice');

  /** Told once, and again only once something else came in between. */
  const tell = (): void => {
    const found = problem();
    if (isDeepStrictEqual(found, told)) return;
    told = found;
    if (found !== null) logger.warn('chain.states', { code: found.code });
    parts.changed('chain');
  };

  /** A till sells on whatever happens here, and each step is made whether or not the others could be. */
  const steps = [
    writer.write,
    courier.put,
    async () => {
      await reader.states();
      parts.meetNumbers();
      return reader.problem();
    },
    courier.take,
  ];

  const roundOnce = async (): Promise<void> => {
    const problems: AppError[] = [];
    for (const step of steps) {
      if (isStopped || parts.folder() === null) return;
      try {
        const found = await step();
        if (found !== null) problems.push(found);
      } catch (thrown) {
        // The database was closed in between.
        if (isStopped) return;
        logger.error('chain.states-failed', { error: String(thrown) });
        problems.push(databaseFailure(thrown) ?? appError('internal'));
      }
    }
    if (isStopped) return;
    failure = problems[0] ?? null;
    tell();
  };

  const round = (): Promise<void> => runExclusive(roundOnce);

  const soon = (): void => {
    endSoon();
    endSoon = clock.schedule(SOON_MS, () => void round());
  };

  return {
    start: () => {
      isStopped = false;
      endRounds = every(clock, EVERY_MS, () => void round());
      endZs = parts.onZ(soon);
      soon();
    },
    stop: () => {
      isStopped = true;
      endRounds();
      endSoon();
      endZs();
    },
    round,
    renew: () => {
      reader.forget();
      courier.forget();
      failure = null;
      tell();
      if (!isStopped) soon();
    },
    problem,
  };
}
