import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { currencyDecimals } from '../../preload/contract/index.ts';
import type { Room } from '../kernel/room.ts';
import { createPhoneEnds } from '../members/index.ts';
import { createExportService } from './find/export-service.ts';
import { createFindRoom } from './find/find-room.ts';
import { createMatching } from './matching/matching.ts';
import { createEraseMember } from './member-data/erase-member.ts';
import { createMemberDataRoom, type MemberDataRoomParts } from './member-data/member-data-room.ts';
import { createMemberRowsRepository } from './member-data/member-rows-repository.ts';
import type { DayNeeds } from './needs.ts';
import { createReports } from './reports/owner.ts';
import { createBusinessDays } from './shifts/business-day.ts';
import { createFiguresRepository } from './shifts/figures-repository.ts';
import { createQuietRepository } from './shifts/quiet-repository.ts';
import { createShiftRepository } from './shifts/shift-repository.ts';
import { createShiftService } from './shifts/shift-service.ts';
import { createShiftsRoom } from './shifts/shifts-room.ts';

export type Day = ReturnType<typeof createDay>;

function createShifts({ kernel, hosts, ledger, counter, isPractice }: DayNeeds) {
  const { db, settings, storeTimeZone, clock, random, logger, changed } = kernel;
  const { tillName: till, tillNumber, tillCount, currency } = hosts.config;
  const { journal, tillIdentity, tenderChanges } = ledger;
  const { policy } = counter;
  const businessDays = createBusinessDays(storeTimeZone, () => policy.current().businessDayEndsAtMinute);
  const repository = createShiftRepository({ db, settings, journal, logger });
  const figures = createFiguresRepository({ db, storeTimeZone, tillIdentity, tenderChanges });
  const quiet = createQuietRepository(db);
  const service = createShiftService({
    repository,
    figures,
    quiet,
    clock,
    random,
    businessDays,
    policy,
    decimals: currencyDecimals(currency),
    changed,
    shop: {
      till,
      tillNumber,
      tillCount,
      currency,
      storeTimeZone,
      isPractice,
      get tillId() {
        return tillIdentity.tillId;
      },
      get epoch() {
        return tillIdentity.epoch;
      },
    },
  });
  return { businessDays, repository, figures, quiet, service };
}

/** What is held on one member, and erasing it. */
function createMemberData(needs: DayNeeds, exports: MemberDataRoomParts['exports']): Room {
  const { db, settings, storeTimeZone, today, clock, logger, changed } = needs.kernel;
  const { erased, outbox, identity } = needs.ledger;
  const { directory } = needs.members;
  const rows = createMemberRowsRepository(db);
  const eraseMember = createEraseMember({
    db,
    settings,
    erased,
    outbox,
    directory,
    rows,
    ...needs.memberData,
    logger,
    changed,
    pause: untilOthersRan,
  });
  return createMemberDataRoom({
    eraseMember,
    rows,
    directory,
    outbox,
    exports,
    lost: needs.memberData.lost,
    account: identity.accountHost,
    storeTimeZone,
    clock,
    logger,
    today,
    pause: untilOthersRan,
  });
}

export function createDay(needs: DayNeeds) {
  const { db, storeTimeZone, today, clock, random, logger, changed } = needs.kernel;
  const { account } = needs.hosts;
  const { journal, outbox, identity, tillIdentity } = needs.ledger;
  const { directory, lookUp } = needs.members;
  const { people, permissions, unlocking } = needs.people;
  const { businessDays, ...shifts } = createShifts(needs);
  const { repository, service } = shifts;
  const exports = createExportService({
    ...needs.exports,
    journal,
    clock,
    random,
    logger,
    changed,
    till: needs.hosts.config.tillName,
    today,
  });
  const matching = createMatching(needs, service, exports);
  const reports = createReports(needs, businessDays, { ...shifts, exports });
  const shiftsRoom = createShiftsRoom({
    service,
    repository,
    people,
    permissions,
    unlocking,
    desk: needs.desk,
    saver: needs.saver,
    sheetPdf: needs.exports.sheetPdf,
    account: { host: identity.accountHost, appId: identity.accountAppId },
    ofKey: account.ofKey,
    matchedOf: matching.matchedOf,
    isOpen: () => db.open,
  });
  const findRoom = createFindRoom({
    outbox,
    phoneEnds: createPhoneEnds(db),
    directory,
    lookUp,
    journal,
    tillIdentity,
    exports,
    shiftRange: service.shiftRange,
    storeTimeZone,
    businessDays,
  });
  return {
    businessDays,
    shownDay: () => businessDays.shown(clock.nowMs()),
    shifts,
    zExchange: reports.exchange,
    matching: matching.service,
    matchedOf: matching.matchedOf,
    rooms: [
      matching.room,
      shiftsRoom,
      reports.room,
      findRoom,
      createMemberData(needs, exports),
    ] satisfies Room[],
  };
}
