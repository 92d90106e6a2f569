import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { appError, type CellSums, noSums } from '../../../preload/contract/index.ts';
import { DatabaseFailure } from '../../kernel/database/failure.ts';
import type { Db } from '../../kernel/database/open.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Room } from '../../kernel/room.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import type { MetTill } from '../../ledger/journal/index.ts';
import { isOpen } from '../../ledger/tables/index.ts';
import { addUpOwed } from '../../members/index.ts';
import { createDayGroups } from '../day-groups.ts';
import type { ExportService } from '../find/export-service.ts';
import type { DayNeeds } from '../needs.ts';
import type { BusinessDays } from '../shifts/business-day.ts';
import type { ShiftRepository } from '../shifts/shift-repository.ts';
import { readBoundedZ, textOfZFile } from './bounded-z.ts';
import { createDayBook } from './day-book.ts';
import { createOwnZs } from './own-zs.ts';
import { createOwnerView } from './owner-view.ts';
import type { ReadZ, ZDesk } from './read-z.ts';
import { createReportsRoom } from './reports-room.ts';
import { createZExchange, type ZExchange } from './z-exchange.ts';
import type { ZFacts } from './z-facts.ts';
import { createZFolder } from './z-folder.ts';
import { createZPicks } from './z-picks.ts';

const settledStates: ReadonlySet<string> = new Set(['confirmed', 'rejected', 'cancelled']);

const tillOfZ = ({ tillId, epoch }: ZFacts): MetTill | null =>
  tillId === null || epoch === null ? null : { tillId, epoch };

/** Read another till's Z, and notice a clone of this till. */
function readerOf(needs: DayNeeds, mustBeOpen: () => void) {
  const { logger } = needs.kernel;
  const { account: keys, config } = needs.hosts;
  const { identity } = needs.ledger;
  const readAs = (text: string, desk: ZDesk): Promise<ReadZ> =>
    readBoundedZ(needs.recordsWorker, text, desk).catch((thrown: unknown) => {
      logger.warn('reports.no-worker', { error: String(thrown) });
      return { ok: false, problem: 'unreadable' };
    });
  const account = { host: identity.accountHost, appId: identity.accountAppId };
  /** An App key of null: the file's seal was verified before. */
  const readWith = async (text: string, appKey: string | null): Promise<ReadZ> => {
    const { currency } = config;
    const found = await readAs(text, { account, appKey, currency, isPractice: needs.isPractice });
    mustBeOpen();
    if (found.ok) needs.meetZ(tillOfZ(found.facts));
    return found;
  };
  return {
    /** Null without an App key. */
    read: async (text: string): Promise<ReadZ | null> => keys.ofKey((appKey) => readWith(text, appKey)),
    readVerified: (text: string) => readWith(text, null),
  };
}

export function createReports(
  needs: DayNeeds,
  businessDays: BusinessDays,
  {
    repository,
    exports,
  }: {
    readonly repository: ShiftRepository;
    readonly exports: ExportService;
  },
): { readonly room: Room; readonly exchange: ZExchange } {
  const { db, clock, random, logger } = needs.kernel;
  const { outbox, journal, tillIdentity } = needs.ledger;
  const { accountHost, accountAppId } = needs.ledger.identity;
  const { tillName, currency } = needs.hosts.config;
  const { directory, directoryFill } = needs.members;
  /** Between two steps the till may be closed. */
  const mustBeOpen = () => {
    if (!db.open) throw new DatabaseFailure(appError('database-failed', { sqlite: 'closed' }), null);
  };
  const pause = async () => {
    await untilOthersRan();
    mustBeOpen();
  };
  const { read, readVerified } = readerOf(needs, mustBeOpen);
  const textOf = textOfZFile;
  const { ofKey } = needs.hosts.account;
  const account = { host: accountHost, appId: accountAppId };
  const folder = createZFolder({
    folder: needs.zFolder,
    journalKey: needs.journalKey,
    random,
    logger,
    settings: needs.kernel.settings,
    pause,
    readVerified,
    textOf,
  });
  const picks = createZPicks(needs.zFolder, random);
  const openWithin = createOpenWithin(db);
  const tillId = () => tillIdentity.tillId;
  const { zReports, newestZRow } = repository;
  const own = createOwnZs({ zReports, newestZRow, tillId, pause });
  const loadOwnerView = createOwnerView({
    clock,
    today: () => businessDays.of(clock.nowMs()),
    ownTill: () => ({ id: tillId(), name: tillName }),
    picks,
    daysAfter: createDayBook({
      groups: createDayGroups(db, tillIdentity),
      beginsAt: businessDays.beginsAt,
      pause,
    }),
    folder,
    own,
    isSettled: (id) => settledStates.has(outbox.byId(id)?.state ?? ''),
    openOf: (z, range) => (own.digestsOf(z.id).includes(z.digest) ? openWithin(range) : null),
    reported: () => {
      const record = repository.load();
      // What was sold before the first shift is in no report before that shift is closed.
      const to = record === null || record.lastClosed === 0 ? 0 : record.lastTo;
      return { to, openShift: record?.open?.id ?? null };
    },
    owed: (untilOthers) =>
      addUpOwed(directory, {
        nowMs: clock.nowMs(),
        wholeAtMs: directoryFill.state().updatedAtMs,
        pause: untilOthers,
      }),
    pause,
  });
  const mutex = createMutex();
  const exchange = createZExchange({
    own,
    today: () => businessDays.of(clock.nowMs()),
    report: (number) => repository.zReport(number)?.report ?? null,
    account,
    ofKey,
    folder,
    logger,
    pause,
    read,
    ownDigests: own.digestsOf,
    timeouts: needs.timeouts,
    runExclusive: mutex,
  });
  const room = createReportsRoom({
    logger,
    loadOwnerView,
    folder,
    picker: needs.reportPicker,
    read,
    textOf,
    timeouts: needs.timeouts,
    ownDigests: own.digestsOf,
    picks,
    journal,
    pause,
    exports,
    sheetPdf: needs.exports.sheetPdf,
    shop: {
      till: tillName,
      currency,
      storeTimeZone: needs.kernel.storeTimeZone,
      isPractice: needs.isPractice,
    },
    accounts: () => needs.counter.policy.current().accounts,
    mutex,
  });
  return { room, exchange };
}

type OpenWithin = (range: { readonly from: number; readonly to: number }) => CellSums;

function createOpenWithin(db: Db): OpenWithin {
  const open = db.prepare(
    `SELECT COUNT(*) AS entries,
       CAST(COALESCE(SUM(i.balance_increment_e4 - COALESCE(i.bonus_e4, 0)), 0) AS TEXT) AS principal
     FROM increment i WHERE i.sequence BETWEEN @from AND @to AND i.${isOpen}`,
  );
  return (range) => {
    const { entries, principal } = open.get(range) as { entries: number; principal: string };
    return { ...noSums, entries, principal: fromScaled(principal) };
  };
}
