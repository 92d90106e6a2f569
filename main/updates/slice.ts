import { ok } from '../../preload/contract/index.ts';
import type { Counter } from '../counter/index.ts';
import type { Day } from '../day/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import { minuteOfDay } from '../kernel/store-time.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Safety } from '../safety/index.ts';
import type { Sending } from '../sending/index.ts';
import { createUseRoom, type TillUse } from './till-use.ts';
import type { AttachedTill } from './update-state.ts';
import type { Updates } from './updates.ts';

export interface UpdatesNeeds {
  readonly kernel: Kernel;
  readonly ledger: Ledger;
  readonly sending: Sending;
  readonly counter: Counter;
  readonly day: Day;
  readonly safety: Safety;
  /** Null where the program cannot update. */
  readonly updates: Updates | null;
  /** Null where nobody asks what a till is busy with. */
  readonly use: TillUse | null;
}

/** An update waits for what an open till reports. */
function createUpdatesRoom(
  { kernel, counter, safety }: UpdatesNeeds,
  updates: Updates,
  now: AttachedTill['now'],
): Room {
  const { clock, storeTimeZone } = kernel;
  const { policy } = counter;
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
        now,
        quiet: () => {
          const { updateFromMinute: fromMinute, updateToMinute: toMinute } = policy.current();
          return { fromMinute, toMinute };
        },
        minute: () => minuteOfDay(clock.nowMs(), storeTimeZone),
        backUp: async () => (await safety.backups?.backupNow('update')) ?? ok({}),
        bytesPerSecond: () => policy.current().updateKilobytesPerSecond * 1_024,
        onPress: () => policy.current().updateOnPress,
      });
    },
    stop: () => detach(),
    // `Updates` itself publishes changes.
    shows: { update: () => updates.status() },
  };
}

export function createUpdateRooms(needs: UpdatesNeeds): Room[] {
  const { ledger, sending, day, updates, use } = needs;
  const now = () => {
    const { state, reversed } = sending.checkUp.shown();
    return {
      sending: ledger.outbox.counts().sending,
      checkUpOpen: state === 'running' || state === 'waiting' || !reversed,
      countOpen: day.shifts.service.isCountOpen(),
    };
  };
  return [
    ...(use === null ? [] : [createUseRoom(use, now)]),
    ...(updates === null ? [] : [createUpdatesRoom(needs, updates, now)]),
  ];
}
