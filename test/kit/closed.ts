import type { Clock } from '../../main/kernel/ports.ts';
import { addDays, storeDay } from '../../main/kernel/store-time.ts';
import type { ClosedInstallations } from '../../main/ledger/closed-repository.ts';
import { ownClockStoreTimeZone } from './store-time-zone.ts';

// A closed installation as a provisioning file gives it (ADR 55).

/** A last day that lies far enough ahead for whatever a test lets pass. */
export const closedUntil = (clock: Pick<Clock, 'nowMs'>): string =>
  addDays(storeDay(clock.nowMs(), ownClockStoreTimeZone), 300);

/** The setting as an earlier run of the till had left it. */
export const closedSetting = {
  ...{ until: '2099-12-31', storeTimeZone: ownClockStoreTimeZone },
  ...{ since: 0, over: null },
};

/** For parts that are tested without it. */
export const neverClosed: Pick<ClosedInstallations, 'read' | 'ended'> = {
  read: () => undefined,
  ended: () => undefined,
};
