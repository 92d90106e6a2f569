import { appError, err, ok, type ShiftReport } from '../../../preload/contract/index.ts';
import { loadHostProfile } from '../../hosts/index.ts';
import type { Room } from '../../kernel/room.ts';
import { whyNothingWasSent } from '../../sending/index.ts';
import type { ExportService } from '../find/export-service.ts';
import { createMoneyEntries } from '../money-entries.ts';
import type { DayNeeds } from '../needs.ts';
import type { ShiftService } from '../shifts/shift-service.ts';
import { type Matched, matchedOf } from './matched.ts';
import { createMatchingRoom, daysOf, type MatchingRoomParts } from './matching-room.ts';
import { createMatchingService } from './matching-service.ts';
import { createStoredJob } from './stored-job.ts';

const isBehindEntries = ({ ledger: { outbox }, hosts: { link } }: DayNeeds) => {
  const { sending: underWay, unknown } = outbox.counts();
  return (
    whyNothingWasSent({
      link: link.state,
      sending: underWay,
      unknown,
      candidates: outbox.candidates(),
      entriesAhead: outbox.entriesAhead(),
    }) === null
  );
};

/** What matching needs of shifts: their entries and days. */
const shiftsFor = (service: ShiftService): Pick<MatchingRoomParts, 'shiftPeriodOf'> => ({
  shiftPeriodOf: (number) => {
    if (number !== null) {
      const report = service.report(number);
      if (!report.ok) return report;
      const { businessDay, fromSequence: from, toSequence: to } = report.value;
      return ok({ businessDay, from, to });
    }
    // Not by its report, which adds up all entries each time.
    const { open } = service.shown();
    const range = open === null ? null : service.shiftRange(open.number);
    if (open === null || range === null) return err(appError('shift-none'));
    return ok({ businessDay: open.businessDay, ...range });
  },
});

export function createMatching(needs: DayNeeds, shifts: ShiftService, exports: ExportService) {
  const { settings, db, runInTransaction, storeTimeZone, today, clock, logger, changed } = needs.kernel;
  const { account, link, callBudget } = needs.hosts;
  const { journal, outbox, tryWrite } = needs.ledger;
  const { directory, reader, pauseMs } = needs.members;
  const moneyEntries = createMoneyEntries(db);
  const service = createMatchingService({
    store: createStoredJob(settings, runInTransaction),
    settings,
    entries: moneyEntries,
    directory,
    reader,
    link,
    callBudget,
    canCall: account.hasKey,
    isBehindEntries: () => isBehindEntries(needs),
    tryWrite,
    pauseMs,
    storeTimeZone,
    today,
    clock,
    logger,
    changed,
  });
  const room: Room = createMatchingRoom({
    ...shiftsFor(shifts),
    matching: service,
    outbox,
    directory,
    settings,
    journal,
    logger,
    moneyEntries,
    till: needs.hosts.config.tillName,
    storeTimeZone,
    exports,
  });
  const ofZ = ({ kind, businessDay, fromSequence: from, toSequence: to }: ShiftReport): Matched | null => {
    if (kind === 'x') return null;
    const days = daysOf(moneyEntries, { businessDay, from, to });
    return matchedOf(days, service.matchOf, loadHostProfile(settings), storeTimeZone);
  };
  return { service, room, matchedOf: ofZ };
}
