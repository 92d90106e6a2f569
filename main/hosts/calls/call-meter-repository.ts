import type { Db } from '../../kernel/database/open.ts';
import { noSeals, type Seals } from '../../kernel/database/seals.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { CallPurpose } from './call-budget.ts';

/** Counts every call of this till by store day before it is made: KYBIO counts failed ones too. */
export interface CallMeter {
  count(purpose: CallPurpose): void;
  /** Reserves a call, which counts from now on; the returned function releases it, whether it was counted or not. */
  reserve(): () => void;
  /** Calls for all purposes, or one, including those under way. */
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
