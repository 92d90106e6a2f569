import { every } from '../kernel/every.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { DirectoryRepository } from './directory-repository.ts';

/** Deletes members not read for a long time: data of people who left the shop is not retained. */
export interface MemberRetentionService {
  start(): void;
  stop(): void;
}

interface MemberRetentionParts {
  readonly directory: Pick<DirectoryRepository, 'forgetOlder'>;
  readonly keptMs: () => number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const EVERY_MS = 3_600_000;

/** Bounds one run: a till closed for a year has many. */
export const MOST_AT_ONCE = 500;

export function createMemberRetentionService(parts: MemberRetentionParts): MemberRetentionService {
  const { directory, keptMs, clock, logger } = parts;
  let forget = (): void => undefined;
  return {
    start: () => {
      forget = every(clock, EVERY_MS, () => {
        try {
          const gone = directory.forgetOlder(clock.nowMs() - keptMs(), MOST_AT_ONCE);
          if (gone > 0) logger.info('members.forgotten', { members: gone });
        } catch (thrown) {
          logger.error('members.not-forgotten', { error: String(thrown) });
        }
      });
    },
    stop: () => forget(),
  };
}
