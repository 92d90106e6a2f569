import { setImmediate as untilOthersRan } from 'node:timers/promises';
import {
  type Amount,
  type AppError,
  type Approval,
  appError,
  comparedFloat,
  err,
  foldCells,
  type GuardedAct,
  ok,
  type Result,
  reportCells,
  type ShiftOpening,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { type Actor, isManager, shownActor } from '../../kernel/actor.ts';
import { fileNameOf } from '../../kernel/file-name.ts';
import type { FileSaver, SheetPdf } from '../../kernel/ports.ts';
import type { Room, RoomHandlers } from '../../kernel/room.ts';
import type { OpeningCause } from '../../ledger/journal/index.ts';
import {
  type PeopleRepository,
  type PermissionsPort,
  type PersonRecord,
  personOf,
} from '../../people/index.ts';
import type { Matched } from '../matching/matched.ts';
import { sheetCsv, sheetHtml } from '../sheet.ts';
import { reportCsv } from './report-csv.ts';
import { reportSheet } from './report-sheet.ts';
import type { ShiftRepository } from './shift-repository.ts';
import type { ShiftService } from './shift-service.ts';
import type { BeforeRead } from './sold-before.ts';
import { writeZFile, type ZFileAccount } from './z-file.ts';

export interface ShiftsRoomParts {
  readonly service: ShiftService;
  readonly repository: Pick<ShiftRepository, 'zReports'>;
  readonly people: Pick<PeopleRepository, 'load'>;
  readonly permissions: Pick<PermissionsPort, 'approver' | 'decide'>;
  readonly unlocking: { prove(pin: string | undefined): Promise<Result<Actor>> };
  readonly desk: {
    print(number: number | null): Result<Record<string, never>>;
    openDrawer(cause: OpeningCause, who: Actor): void;
  };
  readonly saver: FileSaver | null;
  /** Null where nothing draws. */
  readonly sheetPdf: SheetPdf | null;
  readonly account: ZFileAccount;
  /** Whether the days of a Z were matched with KYBIO's log by now; null for an X. */
  readonly matchedOf: (report: ShiftReport) => Matched | null;
  readonly isOpen: () => boolean;
  /** Null without an App key. */
  readonly ofKey: <T>(make: (appKey: string) => T) => T | null;
}

const PAGE = 50;

export function createShiftsRoom(parts: ShiftsRoomParts): Room {
  return {
    name: 'shifts',
    handlers: { ...stepHandlers(parts), ...readHandlers(parts), ...paperHandlers(parts) },
    managersHandlers: {
      'shifts:wholeReport': (_, who) => {
        const report = parts.service.wholeReport(who);
        return report.ok ? ok({ report: report.value }) : report;
      },
    },
    shows: { shift: parts.service.shown },
  };
}

/** May cover years of entries: yields between two steps. */
async function readAllBefore({ service, isOpen }: ShiftsRoomParts): Promise<Result<BeforeRead | null>> {
  let read = service.readBefore(null);
  while (read !== null && !read.isWhole) {
    await untilOthersRan();
    if (!isOpen()) return err(appError('not-set-up'));
    read = service.readBefore(read);
  }
  return ok(read);
}

/** The permission that this float or drawer needs; null where it is as the last shift left it. */
function openingAct(before: ShiftOpening, float: Amount, drawer: ShiftReport['drawer']): GuardedAct | null {
  if (drawer === 'elsewhere') return 'drawerElsewhere';
  const { kind } = comparedFloat(before, float);
  return kind === 'to-bank' || kind === 'put-in' ? 'otherFloat' : null;
}

function stepHandlers(parts: ShiftsRoomParts): RoomHandlers {
  const { service, permissions, desk } = parts;
  return {
    'shifts:before': async () => {
      const read = await readAllBefore(parts);
      return read.ok ? ok({ before: service.before(read.value) }) : read;
    },
    'shifts:open': async ({ float, drawer, approval }, who) => {
      const actNow = () => openingAct(service.shown().opening, float, drawer);
      const act = actNow();
      const approver = await permissions.approver(act === null ? undefined : approval, act ?? '', who);
      if (!approver.ok) return approver;
      const read = await readAllBefore(parts);
      if (!read.ok) return read;
      // Another shift may have been closed meanwhile, which changes what this one begins with.
      const committed = actNow();
      const approvedBy = committed === act ? approver.value : null;
      const decided = committed === null ? ok({}) : permissions.decide(committed, who, approvedBy);
      return decided.ok ? service.open(float, drawer, who, read.value) : decided;
    },
    'shifts:move': async ({ requestId, approval, kind, amount, reason }, who) => {
      const isOut = kind === 'paid-out';
      const approver = await permissions.approver(isOut ? approval : undefined, 'paidOut', who);
      if (!approver.ok) return approver;
      // Decided at the commit, by the permissions of that moment.
      const decided = isOut ? permissions.decide('paidOut', who, approver.value) : ok({ approvedBy: null });
      if (!decided.ok) return decided;
      const { approvedBy } = decided.value;
      const moved = service.move({ id: requestId, kind, amount, reason, approvedBy }, who);
      if (!moved.ok) return moved;
      if (moved.value.isNew) desk.openDrawer({ cause: kind, sum: amount }, who);
      return ok({});
    },
    'shifts:beginCount': (_, who) => service.beginCount(who),
    'shifts:leaveCount': (_, who) => service.leaveCount(who),
    'shifts:keepCount': ({ count }) => service.keepCount(count),
    'shifts:commitCount': ({ count }, who) => service.commitCount(count, who),
    'shifts:close': async ({ reason, pin }, who) => {
      const needs = service.closingNeeds(reason);
      if (!needs.ok) return needs;
      if (needs.value.needs === 'nothing') return service.close(reason, null, who);
      const approved = await approverOf(parts, pin, who, needs.value.countedById);
      return approved.ok ? service.close(reason, approved.value, who) : approved;
    },
  };
}

/** The manager who approves the variance: not the one who counted, where there is another. */
async function approverOf(
  { people, permissions, unlocking }: ShiftsRoomParts,
  proof: string | Approval | undefined,
  who: Actor,
  countedById: string | null,
): Promise<Result<string, AppError>> {
  const record = people.load();
  if (record === null) {
    if (typeof proof === 'object') return err(appError('person-not-found'));
    const proven = await unlocking.prove(proof);
    return proven.ok ? ok(shownActor(proven.value)) : proven;
  }
  let approver = who.id === undefined ? null : personOf(record, who.id);
  if (proof === undefined) {
    if (!isManager(who)) return err(appError('variance-unexplained'));
    const unlocked = await unlocking.prove(undefined);
    if (!unlocked.ok) return unlocked;
  } else {
    if (typeof proof === 'string') return err(appError('approver-not-manager'));
    const proven = await permissions.approver(proof, 'variance', who);
    if (!proven.ok) return proven;
    const now = people.load();
    approver = now === null ? null : personOf(now, proof.person);
  }
  if (approver === null || !isManager(approver)) return err(appError('approver-not-manager'));
  const hasCounted = ({ id }: PersonRecord) => id === countedById;
  const others = record.people.filter((person) => isManager(person) && !hasCounted(person));
  return hasCounted(approver) && others.length > 0 ? err(appError('approver-counted')) : ok(approver.name);
}

const summaryOf = (report: ShiftReport) => {
  const { net } = foldCells(reportCells(report));
  return {
    number: report.number,
    businessDay: report.businessDay,
    openedAtMs: report.openedAtMs,
    closedAtMs: report.closedAtMs ?? report.atMs,
    closedBy: report.closedBy ?? '',
    entries: net.entries,
    taken: net.principal,
    variance: report.tenders.find(({ tender }) => tender === 'cash')?.variance ?? null,
  };
};

function readHandlers({ service, repository }: ShiftsRoomParts): RoomHandlers {
  return {
    'shifts:report': ({ number }) => {
      const report = service.report(number);
      return report.ok ? ok({ report: report.value }) : report;
    },
    'shifts:closed': ({ before }) => {
      const found = repository.zReports(before, PAGE + 1);
      const page = found.slice(0, PAGE);
      const reports = page.flatMap(({ report }) => (report === null ? [] : summaryOf(report)));
      const unread = page.flatMap(({ number, report }) => (report === null ? number : []));
      return ok({ reports, unread, isMore: found.length > PAGE });
    },
  };
}

/** `Z1 Counter 2 2026-11-29.json`: those of several tills lie in one folder. */
const fileName = (
  { kind, number, till, businessDay }: ShiftReport,
  ending: string,
  ...more: readonly string[]
): string => fileNameOf([`${kind.toUpperCase()}${number}`, till, businessDay, ...more], ending);

function paperHandlers({
  service,
  desk,
  saver,
  sheetPdf,
  matchedOf,
  account,
  ofKey,
}: ShiftsRoomParts): RoomHandlers {
  const save = async (name: string, text: string | Uint8Array): Promise<Result<{ saved: boolean }>> => {
    if (saver === null) return err(appError('file-not-saved', { system: 'none' }));
    const saved = await saver.save({ name, text });
    return saved.ok ? ok({ saved: saved.value !== null }) : saved;
  };
  return {
    'shifts:print': ({ number }) => {
      const report = service.report(number);
      return report.ok ? desk.print(number) : report;
    },
    'shifts:savePdf': async ({ number, words }) => {
      const report = service.report(number);
      if (!report.ok) return report;
      if (sheetPdf === null) return err(appError('file-not-saved', { system: 'none' }));
      const sheet = reportSheet(report.value, words, matchedOf(report.value));
      return save(fileName(report.value, 'pdf'), await sheetPdf(sheetHtml(sheet), sheet));
    },
    'shifts:saveCsv': async ({ number, words }) => {
      const report = service.report(number);
      if (!report.ok) return report;
      const matched = matchedOf(report.value);
      if (words === undefined)
        return save(fileName(report.value, 'csv', 'raw'), reportCsv(report.value, matched));
      const sheet = [...sheetCsv(reportSheet(report.value, words, matched))].join('');
      return save(fileName(report.value, 'csv'), sheet);
    },
    'shifts:saveFile': async ({ number }) => {
      const report = service.report(number);
      if (!report.ok) return report;
      const text = ofKey((appKey) => writeZFile(appKey, account, report.value));
      return text === null ? err(appError('key-lost')) : save(fileName(report.value, 'json'), text);
    },
  };
}
