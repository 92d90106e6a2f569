import { appError, err, ok } from '../../preload/contract/index.ts';
import { shownOddSums } from '../counter/shown-review.ts';
import type { ExportService } from '../day/find/export-service.ts';
import { createMatchingRoom, type MatchingRoomParts } from '../day/matching/matching-room.ts';
import { createMoneyEntries } from '../day/money-entries.ts';
import type { Room } from '../kernel/room.ts';
import { storeDay } from '../kernel/store-time.ts';
import type { SessionParts } from './compose-core.ts';
import type { Services } from './compose-services.ts';

/** What matching knows of shifts: their entries and days, and what a drawer that is counted blind keeps back. */
function shiftsFor(
  { shifts: { service }, outbox }: Pick<Services, 'shifts' | 'outbox'>,
  storeTimeZone: string,
): Pick<MatchingRoomParts, 'stretchOf' | 'untold'> {
  return {
    untold: () => {
      const from = service.untoldFrom();
      if (from === null) return null;
      const sinceMs = service.shown().open?.openedAtMs ?? outbox.bySequence(from)?.createdAtMs ?? 0;
      return { from, day: storeDay(sinceMs, storeTimeZone) };
    },
    stretchOf: (number) => {
      if (number !== null) {
        const report = service.report(number);
        if (!report.ok) return report;
        const { businessDay, fromSequence: from, toSequence: to } = report.value;
        return ok({ businessDay, from, to });
      }
      // Not by its report: that is reckoned from all of its entries each time.
      const { open } = service.shown();
      const range = open === null ? null : service.shiftRange(open.number);
      if (open === null || range === null) return err(appError('shift-none'));
      return ok({ businessDay: open.businessDay, ...range });
    },
  };
}

/** The room of matching. */
export function composeMatchingRoom(
  { config, db }: SessionParts,
  services: Services,
  exports: ExportService,
): Room {
  const { core, matching, outbox, oddSums } = services;
  const { storeTimeZone } = config;
  return createMatchingRoom({
    ...core,
    ...shiftsFor(services, storeTimeZone),
    matching,
    outbox,
    storeTimeZone,
    exports,
    oddSumsOf: ({ id, sequence }) => shownOddSums(id, oddSums.of(sequence)),
    moneyEntries: createMoneyEntries(db, core.identity),
  });
}
