import {
  type Amount,
  type AppError,
  appError,
  type CashMove,
  type CellLine,
  err,
  ok,
  type Policy,
  type Result,
  type ShiftCell,
  type ShiftCount,
  type ShiftReport,
  type Topics,
} from '../../../preload/contract/index.ts';
import { type Actor, shownActor } from '../../kernel/actor.ts';
import type { Clock, Random } from '../../kernel/ports.ts';
import type { BusinessDays } from './business-day.ts';
import { clockRollback } from './clock-rollback.ts';
import type { PaperEntry } from './figures.ts';
import type { EntryRange, FiguresRepository } from './figures-repository.ts';
import type { QuietRepository } from './quiet-repository.ts';
import { blind, counted, type ReportFacts, xReport, zReport } from './report.ts';
import { createRanges, type ShiftRanges } from './shift-ranges.ts';
import type { Counted, OpenShift, ShiftRecord } from './shift-record.ts';
import type { ShiftRepository } from './shift-repository.ts';
import { shownShift } from './shift-shown.ts';
import {
  closed,
  closingNeeds,
  countBegun,
  countCommitted,
  countLeft,
  countProblem,
  moved,
  noShifts,
  opened,
  openOf,
  type StepContext,
  sinceLastZ,
  sinceRow,
  stageOf,
} from './shift-steps.ts';
import { type BeforeRead, isBeforeFirst, readOn, soldBefore } from './sold-before.ts';

type Done = Result<Record<string, never>>;

/** The shifts of one till; each step is committed when it returns. */
export interface ShiftService extends ShiftRanges {
  shown(): Topics['shift'];
  /** `read` is what `readBefore` has of the entries before the first shift. */
  open(
    float: Amount,
    drawer: 'own' | 'elsewhere',
    who: Actor,
    read?: BeforeRead | null,
  ): Result<{ readonly number: number }>;
  /** One more step through the entries before the first shift; null where one was opened, or there are none. */
  readBefore(read: BeforeRead | null, step?: number): BeforeRead | null;
  /** As of now. */
  before(read?: BeforeRead | null): ShiftCell[] | null;
  /** `isNew` is false for a repeated request. */
  move(move: Omit<CashMove, 'who' | 'atMs'>, who: Actor): Result<{ readonly isNew: boolean }>;
  beginCount(who: Actor): Done;
  leaveCount(who: Actor): Done;
  keepCount(count: ShiftCount): Done;
  commitCount(count: ShiftCount, who: Actor): Done;
  /** What closing requires now, and who committed the count; null where people were not set up then. */
  closingNeeds(
    reason: string | null,
  ): Result<{ readonly needs: 'nothing' | 'approval'; readonly countedById: string | null }>;
  close(reason: string | null, approvedBy: string | null, who: Actor): Result<{ readonly number: number }>;
  /** The open shift for null; blind until the count is committed. */
  report(number: number | null): Result<ShiftReport>;
  /** The open shift's, with expected cash; refused during a count. */
  wholeReport(who: Actor): Result<ShiftReport>;
  /** The same without another note. */
  stands(): Result<ShiftReport>;
  /**
   * The line of an entry whose tender may still be changed: it is in the open shift, and no count has begun.
   * Errors: shift-none, count-is-open, tender-fixed.
   */
  openLineOf(sequence: number): Result<CellLine>;
  /** A count has begun, and the shift is not closed. */
  isCountOpen(): boolean;
}

export interface ShiftServiceParts {
  readonly repository: ShiftRepository;
  readonly figures: FiguresRepository;
  readonly quiet: Pick<QuietRepository, 'openings' | 'afterPaper'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly businessDays: Pick<BusinessDays, 'of'>;
  readonly policy: {
    current(): Pick<Policy, 'businessDayEndsAtMinute' | 'varianceLimit' | 'floatCap'>;
  };
  /** Read anew each time: another epoch may begin while it is open. */
  readonly shop: ReportFacts['shop'];
  readonly decimals: number;
  readonly changed: (topic: 'shift') => void;
}

/** Reads a shift at one moment: nothing else runs on this connection meanwhile. */
function createReckoning({ repository, figures, quiet, clock, random, policy, shop }: ShiftServiceParts) {
  const entryRangeOf = (record: ShiftRecord, shift: OpenShift): EntryRange => ({
    from: shift.fromSequence,
    to: Math.max(shift.fromSequence - 1, figures.lastSequence()),
    sinceMs: sinceLastZ(record, shift),
  });
  const afterPaper = (range: EntryRange, { tracked }: ShiftRecord): PaperEntry[] => {
    const earlier = tracked.map(({ sequence }) => sequence);
    const found = new Map(quiet.afterPaper(range, earlier).map((one) => [one.sequence, one]));
    const sequences = [...found.keys()];
    // An earlier shift's Z recorded its line; one of this shift may come from another drawer's receipt.
    const entries = [
      ...figures.some(sequences.filter((sequence) => sequence < range.from)),
      ...figures.someWithin(range, sequences),
    ];
    return entries.flatMap((entry) => {
      const after = found.get(entry.sequence);
      return after === undefined ? [] : [{ ...entry, ...after }];
    });
  };
  const reckon = (
    record: ShiftRecord,
    shift: OpenShift,
    count: ShiftReport['counted'] = null,
  ): ReportFacts => {
    const range = entryRangeOf(record, shift);
    return {
      id: random.uuid(),
      shift,
      tracked: record.tracked,
      counted: count,
      shop,
      reckoned: {
        groups: figures.groups(range),
        openings: quiet.openings(record.lastRow ?? shift.openedAtRow),
        afterPaper: afterPaper(range, record),
        unsettled: figures.unsettled(range),
        takenUp: figures.takenUp(range),
        earlier: figures.some(record.tracked.map(({ sequence }) => sequence)),
        tenderChanges: figures.tenderChanges(range),
        arrived: figures.arrived(range),
        toSequence: range.to,
        newestMs: figures.newestMs(range.from, range.to),
        restoredAtMs: repository.restoredSince(sinceRow(record, shift)),
        row: repository.row(),
      },
      nowMs: clock.nowMs(),
      endsAtMinute: policy.current().businessDayEndsAtMinute,
    };
  };
  return { reckon, entryRangeOf };
}

function createWorking(parts: ShiftServiceParts) {
  const { repository, figures, clock, changed } = parts;
  const record = (): ShiftRecord => repository.load() ?? noShifts(figures.lastSequence());
  return {
    record,
    ...createReckoning(parts),
    context: (): StepContext => ({ nowMs: clock.nowMs(), decimals: parts.decimals }),
    current: () => openOf(record()),
    dayOf: parts.businessDays.of,
    keep: (next: Result<ShiftRecord, AppError>, who: Actor, what: string): Done => {
      if (!next.ok) return next;
      repository.save(next.value, who, what);
      changed('shift');
      return ok({});
    },
  };
}

type Working = ReturnType<typeof createWorking>;

export function createShiftService(parts: ShiftServiceParts): ShiftService {
  const { repository, figures, clock, random, policy } = parts;
  const working = createWorking(parts);
  const { record, context, dayOf, keep } = working;
  return {
    shown: () =>
      shownShift({
        ...parts,
        dayOf,
        lastSequence: figures.lastSequence,
      }),
    open: (float, drawer, who, read = null) => {
      const now = record();
      const opening = {
        id: random.uuid(),
        who: shownActor(who),
        float,
        drawer,
        businessDay: dayOf(clock.nowMs()),
        openedAtRow: repository.row(),
        newestMs: now.lastRow === null ? 0 : repository.newestMs(now.lastRow),
        floatCap: policy.current().floatCap,
        before: isBeforeFirst(now) ? soldBefore(figures, read, now.lastTo) : null,
      };
      const next = opened(now, context(), opening);
      const kept = keep(next, who, 'opened');
      return kept.ok && next.ok ? ok({ number: next.value.lastClosed + 1 }) : (kept as Result<never>);
    },
    move: (asked, who) => {
      const at = context();
      const next = moved(record(), at, { ...asked, who: shownActor(who), atMs: at.nowMs });
      if (!next.ok) return next;
      if (next.value === null) return ok({ isNew: false });
      const kept = keep(ok(next.value), who, asked.kind);
      return kept.ok ? ok({ isNew: true }) : kept;
    },
    ...createShiftReader(parts, working),
    ...createCounting(parts, working),
    ...createClosing(parts, working),
    ...createReading(parts, working),
    ...createRanges(parts, record),
  };
}

function createShiftReader(
  { figures }: ShiftServiceParts,
  { record, current }: Working,
): Pick<ShiftService, 'readBefore' | 'before'> {
  const upTo = (): number | null => {
    const now = record();
    return isBeforeFirst(now) && !current().ok ? now.lastTo : null;
  };
  return {
    readBefore: (read, step) => {
      const to = upTo();
      return to === null ? null : readOn(figures, read, to, step);
    },
    before: (read = null) => {
      const to = upTo();
      return to === null ? null : soldBefore(figures, read, to).cells;
    },
  };
}

function createCounting(
  { repository, clock, policy, changed }: ShiftServiceParts,
  { record, context, current, keep, reckon }: Working,
): Pick<ShiftService, 'beginCount' | 'leaveCount' | 'keepCount' | 'commitCount' | 'isCountOpen'> {
  return {
    beginCount: (who) => keep(countBegun(record(), context()), who, 'counting'),
    leaveCount: (who) => keep(countLeft(record(), context()), who, 'count left'),
    keepCount: (count) => {
      const shift = current();
      if (!shift.ok) return shift;
      if (!shift.value.isCounting) return err(appError('count-none'));
      repository.keepCount(count);
      changed('shift');
      return ok({});
    },
    commitCount: (count, who) => {
      const now = record();
      const problem = countProblem(now, context(), count);
      if (problem !== null || now.open === null) return err(problem ?? appError('shift-none'));
      const committed = { count, who: shownActor(who), atMs: clock.nowMs() };
      const frozenNow = {
        ...counted(reckon(now, now.open, committed), policy.current().varianceLimit),
        countedById: who.id ?? null,
      };
      const kept = keep(countCommitted(now, context(), frozenNow), who, 'counted');
      if (kept.ok) repository.keepCount(null);
      return kept;
    },
    isCountOpen: () => {
      const shift = current();
      return shift.ok && stageOf(shift.value) !== 'open';
    },
  };
}

function createClosing(
  { repository, clock, policy, shop, changed }: ShiftServiceParts,
  { record, current, reckon }: Working,
): Pick<ShiftService, 'closingNeeds' | 'close'> {
  /** Also for a shift whose drawer is counted elsewhere. */
  const frozen = (shift: OpenShift): Counted =>
    shift.counted ?? {
      ...counted(reckon(record(), shift), policy.current().varianceLimit),
      countedById: null,
    };
  return {
    closingNeeds: (reason) => {
      const shift = current();
      if (!shift.ok) return shift;
      const needs = closingNeeds(shift.value, reason);
      const countedById = shift.value.counted?.countedById ?? null;
      return needs.ok ? ok({ needs: needs.value, countedById }) : needs;
    },
    close: (reason, approvedBy, who) => {
      const shift = current();
      if (!shift.ok) return shift;
      const needs = closingNeeds(shift.value, reason);
      if (!needs.ok) return needs;
      if (needs.value === 'approval' && approvedBy === null) return err(appError('variance-unexplained'));
      const { report, ...kept } = frozen(shift.value);
      const nowMs = clock.nowMs();
      const { id, clockBack } = shift.value;
      const sinceCountMs = kept.row === undefined ? 0 : repository.newestMs(kept.row);
      const newestMs = Math.max(shift.value.newestMs, sinceCountMs);
      const z = zReport(report, {
        id,
        nowMs,
        who: shownActor(who),
        approvedBy,
        by: { tillId: shop.tillId, epoch: shop.epoch },
        reason: (reason ?? '').trim() === '' ? null : (reason?.trim() ?? null),
        clockBack: clockRollback(report.clockBack ?? clockBack, newestMs, nowMs),
      });
      repository.close(closed(record(), z, kept), z, who);
      changed('shift');
      return ok({ number: z.number });
    },
  };
}

function createReading(
  { repository, figures }: ShiftServiceParts,
  { record, current, reckon, entryRangeOf }: Working,
): Pick<ShiftService, 'report' | 'wholeReport' | 'stands' | 'openLineOf'> {
  const zOf = (number: number): Result<ShiftReport> => {
    const z = repository.zReport(number);
    if (z === null) return err(appError('shift-not-found'));
    return z.report === null ? err(appError('shift-unreadable', { numbers: String(number) })) : ok(z.report);
  };
  const xOf = (shift: OpenShift): ShiftReport => shift.counted?.report ?? xReport(reckon(record(), shift));
  const stands = (): Result<ShiftReport> => {
    const shift = current();
    if (!shift.ok) return shift;
    return shift.value.isCounting ? err(appError('count-is-open')) : ok(xOf(shift.value));
  };
  return {
    stands,
    report: (number) => {
      if (number !== null) return zOf(number);
      const shift = current();
      if (!shift.ok) return shift;
      const report = xOf(shift.value);
      return ok(shift.value.counted === null ? blind(report) : report);
    },
    wholeReport: (who) => {
      const report = stands();
      if (report.ok) repository.noteViewed(report.value.number, who);
      return report;
    },
    openLineOf: (sequence) => {
      const shift = current();
      if (!shift.ok) return shift;
      if (stageOf(shift.value) !== 'open') return err(appError('count-is-open'));
      if (sequence < shift.value.fromSequence)
        return err(appError('tender-fixed', { reason: 'earlier-shift' }));
      return ok(figures.lineOf(sequence, entryRangeOf(record(), shift.value)));
    },
  };
}
