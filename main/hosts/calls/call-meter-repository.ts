import type { Db } from '../../kernel/database/open.ts';
import { noSeals, type Seals } from '../../kernel/database/seals.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { CallPurpose } from './purse.ts';

/** Every call of this till, counted by store day before it is made: failed ones count at KYBIO too. */
export interface CallMeter {
  count(purpose: CallPurpose): void;
  /** A call is about to be made, and counts from now on; what is given back ends that, once it was counted or not. */
  reserve(): () => void;
  /** Of all purposes, with what is under way, or of one. */
  usedToday(purpose?: CallPurpose): number;
}

export function createCallMeter(
  db: Db,
  clock: Clock,
  storeTimeZone: string,
  seals: Seals = noSeals,
  changed: Changed<'budget'> = () => undefined,
): CallMeter {
  const add = db.prepare(
    `INSERT INTO call_meter (store_day, purpose, calls) VALUES (?, ?, 1)
     ON CONFLICT (store_day, purpose) DO UPDATE SET calls = calls + 1 RETURNING *`,
  );
  const used = db.prepare('SELECT COALESCE(SUM(calls), 0) AS calls FROM call_meter WHERE store_day = ?');
  const usedFor = db.prepare('SELECT calls FROM call_meter WHERE store_day = ? AND purpose = ?');
  let reserved = 0;
  const today = () => storeDay(clock.nowMs(), storeTimeZone);
  return {
    count: (purpose) => {
      const day = today();
      seals.change('call_meter', [day, purpose], () => add.get(day, purpose));
      changed('budget');
    },
    reserve: () => {
      reserved += 1;
      let isReserved = true;
      changed('budget');
      return () => {
        if (isReserved) reserved -= 1;
        isReserved = false;
        changed('budget');
      };
    },
    usedToday: (purpose) => {
      if (purpose === undefined) return (used.get(today()) as { calls: number }).calls + reserved;
      return (usedFor.get(today(), purpose) as { calls: number } | undefined)?.calls ?? 0;
    },
  };
}
