import { ok, type Policy, type Result } from '../../preload/contract/index.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Room } from '../kernel/room.ts';
import type { AttachedTill } from './standing.ts';
import type { Updates } from './updates.ts';

export interface UpdatesRoomParts {
  readonly updates: Updates;
  readonly clock: Clock;
  /** The minute of the store's day. */
  readonly minuteOf: (unixMs: number) => number;
  readonly policy: { current(): Policy };
  readonly now: AttachedTill['now'];
  readonly backUp: () => Promise<Result<unknown>>;
}

/** A till that is open says what it is about: an update waits for it. */
export function createUpdatesRoom(parts: UpdatesRoomParts): Room {
  const { updates, clock, minuteOf, policy } = parts;
  let detach = (): void => undefined;
  return {
    name: 'updates',
    managersHandlers: {
      'updates:download': async () => {
        const begun = await updates.download();
        return begun.ok ? ok({}) : begun;
      },
      'updates:installNow': async () => {
        const done = await updates.installNow();
        return done.ok ? ok({}) : done;
      },
    },
    start: () => {
      detach = updates.attach({
        now: parts.now,
        quiet: () => {
          const { updateFromMinute: fromMinute, updateToMinute: toMinute } = policy.current();
          return { fromMinute, toMinute };
        },
        minute: () => minuteOf(clock.nowMs()),
        backUp: parts.backUp,
        bytesPerSecond: () => policy.current().updateKilobytesPerSecond * 1_024,
        onPress: () => policy.current().updateOnPress,
      });
    },
    stop: () => detach(),
    // `Updates` itself tells when it is another one.
    shows: { update: () => updates.status() },
  };
}
