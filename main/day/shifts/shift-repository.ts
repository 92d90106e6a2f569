import {
  appError,
  type ShiftCount,
  type ShiftReport,
  shiftCountSchema,
} from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { DatabaseFailure } from '../../kernel/database/failure.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { drawerAfter } from './drawer-before.ts';
import {
  type ShiftRecord,
  shiftRecordSchema,
  uncountedRecordSchema,
  type ZNote,
  zBoundsSchema,
  zNoteSchema,
} from './shift-record.ts';

/** A Z as the journal has it. */
export interface KeptZ {
  readonly row: number;
  readonly number: number;
  /** Null where this program cannot read it. */
  readonly report: ShiftReport | null;
  /** False where its chain's key was lost, or it was altered. */
  readonly isProven: boolean;
}

/** Shifts as notes of the journal. Durable: what is kept is on the disk when these return. */
export interface ShiftRepository {
  /** Null where none was ever opened. */
  load(): ShiftRecord | null;
  /** `what` was done: told beside all that is then so. */
  save(record: ShiftRecord, who: Actor, what: string): void;
  /** The Z and what follows it, in one commit. */
  close(record: ShiftRecord, z: ShiftReport, who: Actor): void;
  /** Newest first; those with numbers below `before`. */
  zReports(before: number | null, limit: number): readonly KeptZ[];
  zReport(number: number): KeptZ | null;
  /** The entries of a closed shift. */
  rangeOf(number: number): { readonly from: number; readonly to: number } | null;
  /** What was typed of a count that is not committed. */
  countSoFar(): ShiftCount | null;
  keepCount(count: ShiftCount | null): void;
  /** Where the journal ends. */
  row(): number;
  /** The latest time that a row after this one has; 0 where there is none. */
  newestMs(afterRow: number): number;
  /** When backups were put back, since a row of the journal. */
  restoredSince(row: number): readonly number[];
  /** A manager has looked at what is to be in the drawer. */
  noteLook(number: number, who: Actor): void;
}

export interface ShiftRepositoryParts {
  readonly db: Db;
  readonly settings: Settings;
  /** As it is called now. */
  readonly till: string;
  /** Null while its key is lost: then nothing is opened or closed. */
  readonly journal: Pick<JournalRepository, 'append' | 'noted' | 'notes' | 'head'> | null;
  readonly logger: Pick<Logger, 'warn'>;
}

const KEPT = 'shift';
const Z = 'z report';
const RESTORED = 'backup restored';
const KEY = 'shift';
const COUNT_KEY = 'shift.count';

/** More than a shift lives to see. */
const MOST_RESTORES = 20;

const PAGE = 50;

/** The last of many rows, which a shop that opens no shift for a year has: more than a day's, and read in milliseconds. */
const MOST_TIMES = 5_000;

const recordOf = (value: unknown): ShiftRecord | null => {
  const whole = shiftRecordSchema.safeParse(value);
  const read = whole.success ? whole : uncountedRecordSchema.safeParse(value);
  return read.success ? read.data : null;
};

/** Whether something was written there that cannot be read, or not all of it. */
const isMisread = (value: unknown): boolean =>
  value !== undefined && value !== null && !shiftRecordSchema.safeParse(value).success;

/** No other till writes with this journal's key: where it has another name there, it was given a new one since. */
const calledNow = (record: ShiftRecord, till: string): ShiftRecord =>
  record.till === till ? record : { ...record, till };

/** Of a journal that cannot vouch for it any more. */
const fromCopy = (record: ShiftRecord): ShiftRecord =>
  record.open === null ? record : { ...record, open: { ...record.open, isFromCopy: true } };

/** As the copy among the settings says, which is written with each step: for a till that is not open. */
export const isShiftOpen = (settings: Pick<Settings, 'get'>): boolean =>
  (recordOf(readJson(settings.get(KEY)))?.open ?? null) !== null;

export function createShiftRepository(parts: ShiftRepositoryParts): ShiftRepository {
  const { db, settings, journal } = parts;
  const newest = db.prepare(
    `SELECT COALESCE(MAX(at_ms), 0) AS ms FROM
       (SELECT at_ms FROM journal WHERE number > ? ORDER BY number DESC LIMIT ${MOST_TIMES})`,
  );
  let known: ShiftRecord | null | undefined;
  const ranges = new Map<number, { readonly from: number; readonly to: number }>();

  const zNotes = (asked: { readonly before?: number; readonly skip?: number; readonly limit: number }) =>
    (journal?.notes(Z, asked) ?? []).map(({ number: row, content, isProven }) => {
      const report = zNoteSchema.safeParse(content).data?.report ?? null;
      const bounds = report ?? zBoundsSchema.safeParse(content).data?.report ?? null;
      return { row, report, bounds, isProven };
    });

  /** Where nothing else is left: no number is given twice, and no entry counted twice. */
  const ofLastZ = (): ShiftRecord | null => {
    const notes = zNotes({ limit: PAGE });
    // Those that are newer say not even which they are.
    const newer = notes.findIndex(({ bounds }) => bounds !== null);
    const last = notes[newer];
    if (last === undefined || last.bounds === null) return null;
    const { till, number, toSequence: lastTo, atMs: lastAtMs } = last.bounds;
    // Not spread: the compiler refuses a name that a record does not have.
    return {
      version: 1,
      till,
      lastClosed: number + newer,
      lastTo,
      lastAtMs,
      lastCounted: null,
      lastRow: last.row,
      // What is in the drawer only that report says: no older one is guessed by.
      opening: last.report === null || newer > 0 ? undefined : drawerAfter(last.report),
      tracked: [],
      open: null,
    };
  };

  const read = (): ShiftRecord | null => {
    const written = (journal?.noted(KEPT) as { readonly record?: unknown } | undefined)?.record;
    if (isMisread(written)) parts.logger.warn('shift.record-unreadable');
    const noted = recordOf(written);
    if (noted !== null) return calledNow(noted, parts.till);
    const copy = recordOf(readJson(settings.get(KEY)));
    return copy === null ? ofLastZ() : fromCopy(copy);
  };

  const load = (): ShiftRecord | null => {
    if (known === undefined) known = read();
    return known;
  };

  const append = (record: ShiftRecord, who: Actor, what: string): void => {
    if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
    // What could not be read again would be a shift that is gone: then nothing is written.
    shiftRecordSchema.parse(record);
    settings.set(KEY, JSON.stringify(record));
    journal.append({ event: 'noted', actor: actorText(who), reason: KEPT, content: { what, record } });
  };
  const save = db.transaction(append);
  const close = db.transaction((record: ShiftRecord, note: ZNote, who: Actor): void => {
    zNoteSchema.parse(note);
    append(record, who, 'closed');
    settings.remove(COUNT_KEY);
    journal?.append({ event: 'noted', actor: actorText(who), reason: Z, content: note });
  });
  /** Where it fails, what is there is read again. */
  const kept = (record: ShiftRecord, write: () => void): void => {
    known = undefined;
    write();
    known = record;
  };

  const zReport = (number: number): KeptZ | null => {
    const skip = (load()?.lastClosed ?? 0) - number;
    const [here] = skip < 0 || number < 1 ? [] : zNotes({ skip, limit: 1 });
    if (here?.bounds?.number === number) return { ...here, number };
    // Numbers were begun anew between: then all are looked through.
    for (let before = Number.MAX_SAFE_INTEGER; ; ) {
      const page = zNotes({ before, limit: PAGE });
      const found = page.find(({ bounds }) => bounds?.number === number);
      if (found !== undefined) return { ...found, number };
      const last = page.at(-1);
      if (last === undefined) return here?.bounds === null ? { ...here, number } : null;
      before = last.row;
    }
  };

  return {
    load,
    save: (record, who, what) => kept(record, () => save.immediate(record, who, what)),
    close: (record, report, who) => kept(record, () => close.immediate(record, { version: 1, report }, who)),
    zReports: (before, limit) => {
      const last = load()?.lastClosed ?? 0;
      const skip = before === null ? 0 : Math.max(0, last - before + 1);
      const numberAt = (place: number) => Math.max(0, last - skip - place);
      return zNotes({ skip, limit }).map((z, place) => ({
        ...z,
        number: z.bounds?.number ?? numberAt(place),
      }));
    },
    zReport,
    rangeOf: (number) => {
      const there = ranges.get(number);
      if (there !== undefined) return there;
      const z = zReport(number)?.report;
      if (z === undefined || z === null) return null;
      const range = { from: z.fromSequence, to: z.toSequence };
      ranges.set(number, range);
      return range;
    },
    countSoFar: () => {
      const read = shiftCountSchema.safeParse(readJson(settings.get(COUNT_KEY)));
      return read.success ? read.data : null;
    },
    keepCount: (count) => {
      if (count !== null) settings.set(COUNT_KEY, JSON.stringify(count));
      else if (settings.get(COUNT_KEY) !== null) settings.remove(COUNT_KEY);
    },
    row: () => journal?.head().count ?? 0,
    newestMs: (row) => (newest.get(row) as { ms: number }).ms,
    restoredSince: (row) =>
      (journal?.notes(RESTORED, { limit: MOST_RESTORES }) ?? [])
        .filter(({ number }) => number > row)
        .map(({ atMs }) => atMs)
        .reverse(),
    noteLook: (number, who) =>
      journal?.append({
        event: 'noted',
        actor: actorText(who),
        reason: 'shift looked into',
        content: { number },
      }),
  };
}
