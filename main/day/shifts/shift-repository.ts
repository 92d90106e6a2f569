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
import { drawerAfter, nothingBefore } from './drawer-before.ts';
import {
  type ShiftRecord,
  shiftRecordSchema,
  type ZNote,
  zBoundsSchema,
  zNoteSchema,
} from './shift-record.ts';

export interface StoredZ {
  readonly row: number;
  readonly number: number;
  /** Null where this version cannot read it. */
  readonly report: ShiftReport | null;
  /** False where its chain's key was lost, or it was altered. */
  readonly isProven: boolean;
}

/** Shifts as journal notes; durable when a method returns. */
export interface ShiftRepository {
  /** Null before the first shift. */
  load(): ShiftRecord | null;
  /** `what` names the step in the note, beside the whole record. */
  save(record: ShiftRecord, who: Actor, what: string): void;
  /** The Z and the record after it, in one commit. */
  close(record: ShiftRecord, z: ShiftReport, who: Actor): void;
  /** Newest first, numbers below `before`. */
  zReports(before: number | null, limit: number): readonly StoredZ[];
  /** The journal's row of the newest, without reading it; null where there is none. */
  newestZRow(): number | null;
  zReport(number: number): StoredZ | null;
  rangeOf(number: number): { readonly from: number; readonly to: number } | null;
  /** A count as typed so far. */
  countSoFar(): ShiftCount | null;
  keepCount(count: ShiftCount | null): void;
  /** The journal's last row. */
  row(): number;
  /** The latest time of later rows; 0 where there is none. */
  newestMs(afterRow: number): number;
  /** When backups were restored after this row. */
  restoredSince(row: number): readonly number[];
  /** Notes that a manager viewed expected cash. */
  noteViewed(number: number, who: Actor): void;
}

export interface ShiftRepositoryParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost: no shift can be opened or closed. */
  readonly journal: Pick<JournalRepository, 'append' | 'noted' | 'notes' | 'head'> | null;
  readonly logger: Pick<Logger, 'warn'>;
}

const KEPT = 'shift';
const Z = 'z report';
const RESTORED = 'backup restored';
const KEY = 'shift';
const COUNT_KEY = 'shift.count';

/** More than a shift ever has. */
const MOST_RESTORES = 20;

const PAGE = 50;

/** Bounds the scan of a shop that opens no shift for a year: more than a day's rows, read in milliseconds. */
const MOST_TIMES = 5_000;

const recordOf = (value: unknown): ShiftRecord | null => shiftRecordSchema.safeParse(value).data ?? null;

/** A copy that the journal does not confirm. */
const fromCopy = (record: ShiftRecord): ShiftRecord =>
  record.open === null ? record : { ...record, open: { ...record.open, isFromCopy: true } };

/** From the copy in the settings, for a till that is not open. */
export const isShiftOpen = (settings: Pick<Settings, 'get'>): boolean =>
  (recordOf(readJson(settings.get(KEY)))?.open ?? null) !== null;

/** Whether a shift was ever opened, by the settings or by the journal. */
export const hadShifts = (db: Db, settings: Pick<Settings, 'get'>): boolean =>
  settings.get(KEY) !== null ||
  db.prepare(`SELECT 1 FROM journal WHERE entry IS NULL AND reason = '${KEPT}' LIMIT 1`).get() !== undefined;

export function createShiftRepository(parts: ShiftRepositoryParts): ShiftRepository {
  const { db, settings, journal } = parts;
  const newest = db.prepare(
    `SELECT COALESCE(MAX(at_ms), 0) AS ms FROM
       (SELECT at_ms FROM journal WHERE number > ? ORDER BY number DESC LIMIT ${MOST_TIMES})`,
  );
  const newestZ = db.prepare(
    `SELECT number FROM journal WHERE entry IS NULL AND reason = '${Z}' AND event = 'noted'
     ORDER BY number DESC LIMIT 1`,
  );
  let known: ShiftRecord | null | undefined;
  const ranges = new Map<number, { readonly from: number; readonly to: number }>();

  const zNotes = (asked: { readonly before?: number; readonly skip?: number; readonly limit: number }) =>
    (journal?.notes(Z, asked) ?? []).map(({ number: row, content, isProven }) => {
      const report = zNoteSchema.safeParse(content).data?.report ?? null;
      const bounds = report ?? zBoundsSchema.safeParse(content).data?.report ?? null;
      return { row, report, bounds, isProven };
    });

  /** The last resort: no number is used twice, and no entry counted twice. */
  const ofLastZ = (): ShiftRecord | null => {
    const notes = zNotes({ limit: PAGE });
    // Newer ones may be unreadable altogether.
    const newer = notes.findIndex(({ bounds }) => bounds !== null);
    const last = notes[newer];
    if (last === undefined || last.bounds === null) return null;
    const { number, toSequence: lastTo, atMs: lastAtMs } = last.bounds;
    // Written out, since the compiler checks names only in a literal.
    return {
      version: 1,
      lastClosed: number + newer,
      lastTo,
      lastAtMs,
      lastCounted: null,
      lastRow: last.row,
      // Only the last report knows what the drawer has.
      opening: last.report === null || newer > 0 ? nothingBefore : drawerAfter(last.report),
      tracked: [],
      open: null,
    };
  };

  const read = (): ShiftRecord | null => {
    const written = (journal?.noted(KEPT) as { readonly record?: unknown } | undefined)?.record;
    const noted = recordOf(written);
    if (noted === null && written !== undefined) parts.logger.warn('shift.record-unreadable');
    if (noted !== null) return noted;
    const copy = recordOf(readJson(settings.get(KEY)));
    return copy === null ? ofLastZ() : fromCopy(copy);
  };

  const load = (): ShiftRecord | null => {
    if (known === undefined) known = read();
    return known;
  };

  const append = (record: ShiftRecord, who: Actor, what: string): void => {
    if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
    // A record that could not be read back would lose the shift: then nothing is written.
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
  /** After a failure the record is read again. */
  const kept = (record: ShiftRecord, write: () => void): void => {
    known = undefined;
    write();
    known = record;
  };

  const zReport = (number: number): StoredZ | null => {
    const skip = (load()?.lastClosed ?? 0) - number;
    const [here] = skip < 0 || number < 1 ? [] : zNotes({ skip, limit: 1 });
    if (here?.bounds?.number === number) return { ...here, number };
    // Numbers started again in between: then all are searched.
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
    newestZRow: () => (newestZ.get() as { number: number } | undefined)?.number ?? null,
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
    noteViewed: (number, who) =>
      journal?.append({
        event: 'noted',
        actor: actorText(who),
        reason: 'shift looked into',
        content: { number },
      }),
  };
}
