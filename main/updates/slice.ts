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
import type { Updates } from './updates.ts';
import { createUpdatesRoom } from './updates-room.ts';

export interface UpdatesNeeds {
  readonly kernel: Kernel;
  readonly ledger: Ledger;
  readonly sending: Sending;
  readonly counter: Counter;
  readonly day: Day;
  readonly safety: Safety;
  /** The program's way to its next version; null where it has none. */
  readonly updates: Updates | null;
  /** Hears what an open till is about; null where nobody asks. */
  readonly use: TillUse | null;
}

/** What holds the next version of the program, and whoever wants it to end, back while this till is open. */
export function createUpdateRooms({
  kernel,
  ledger,
  sending,
  counter,
  day,
  safety,
  updates,
  use,
}: UpdatesNeeds): Room[] {
  const { clock, storeTimeZone } = kernel;
  const now = () => {
    const { state, reversed } = sending.checkUp.shown();
    return {
      sending: ledger.outbox.counts().sending,
      checkUpOpen: state === 'running' || state === 'waiting' || !reversed,
      countOpen: day.shifts.service.isCountOpen(),
    };
  };
  const useRooms = use === null ? [] : [createUseRoom(use, now)];
  if (updates === null) return useRooms;
  const minuteOf = (unixMs: number) => minuteOfDay(unixMs, storeTimeZone);
  const backUp = async () => (await safety.backups?.backupNow('update')) ?? ok({});
  const { policy } = counter;
  return [...useRooms, createUpdatesRoom({ updates, clock, minuteOf, policy, now, backUp })];
}
