import {
  type Amount,
  appError,
  type EntryTerms,
  err,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import { type Actor, actorText, readActor, shownActor } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Clock } from '../../kernel/ports.ts';
import { fromScaled, toScaled } from '../../kernel/scaled.ts';
import type { Recorder } from '../recorder.ts';
import { shortId } from '../short-id.ts';
import { readEvent } from '../tables/entry-events.ts';
import { createHeldReader, heldAfter } from '../tables/rows.ts';
import type { Increment } from '../types.ts';

/** The tender, and the cash handed over. */
export type Paid = Pick<EntryTerms, 'tender' | 'given'>;

/** A corrected tender, from its journal row. */
interface ChangedTender {
  readonly entry: number;
  readonly atMs: number;
  readonly who: string;
  /** Who approved it, as `actorText`. */
  readonly approvedBy: string | null;
  /** Before the change; a null tender was never asked for. */
  readonly was: Paid;
  readonly now: Paid;
}

/** All changes of an entry as one, from the first tender to the last. */
interface ChangedEntry extends ChangedTender {
  readonly times: number;
}

interface NewTender {
  /** The form's. */
  readonly requestId: string;
  /** As the form showed it. */
  readonly was: string | null;
  readonly tender: string;
  /** Cash handed over. */
  readonly given: Amount | null;
  readonly approvedBy: string | null;
}

/** Corrected tenders, from journal rows of all chains (ADR 66). */
export interface TenderChanges {
  ofEntry(sequence: number): readonly ChangedTender[];
  /**
   * Changed entries of this range, at most `limit`, and the number of all changes. Those that have their first tender
   * again come last.
   */
  within(
    stretch: { readonly from: number; readonly to: number },
    limit: number,
  ): { readonly count: number; readonly listed: readonly ChangedEntry[] };
  /** The change that this form has already made. */
  byRequest(requestId: string): ChangedTender | null;
  /** Commits a change; the caller has checked that it is allowed. Errors: entry-not-found, entry-changed. */
  change(id: string, asked: NewTender, who: Actor): Result<Increment>;
}

interface Row {
  readonly entry: number;
  readonly at_ms: number;
  readonly actor: string;
  readonly version: number;
  readonly reason: string;
  readonly content: string;
}

interface TenderChangesParts {
  readonly db: Db;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly recorder: Pick<Recorder, 'step'>;
}

interface ChangesRow {
  readonly times: number;
  readonly first: number;
  readonly last: number;
}

const isAsBefore = ({ was, now }: ChangedTender): boolean => was.tender === now.tender;

const unscaled = (text: string | null): Amount | null => (text === null ? null : fromScaled(text));

/** Ignores a row that cannot be read; the audit names it. */
function changeOf({ entry, at_ms: atMs, actor, ...row }: Row): readonly ChangedTender[] {
  try {
    const event = readEvent({ event: 'tender-changed', ...row });
    if (event.event !== 'tender-changed') return [];
    const was = { tender: event.was, given: unscaled(event.was_given_e4) };
    const now = { tender: event.tender, given: unscaled(event.given_e4) };
    const { approvedBy } = event;
    return [{ entry, atMs, who: shownActor(readActor(actor)), approvedBy, was, now }];
  } catch {
    return [];
  }
}

export function createTenderChanges({ db, clock, recorder }: TenderChangesParts): TenderChanges {
  const held = createHeldReader(db);
  const rows = (which: string) =>
    db.prepare(
      `SELECT entry, at_ms, actor, version, reason, content FROM journal WHERE event = 'tender-changed' AND ${which}`,
    );
  const ofEntry = rows('entry = ? ORDER BY number');
  const ofRow = rows('number = ?');
  const within = db.prepare(
    `SELECT COUNT(*) AS times, MIN(number) AS first, MAX(number) AS last FROM journal
     WHERE event = 'tender-changed' AND entry BETWEEN @from AND @to GROUP BY entry ORDER BY last`,
  );
  const ofRequest = rows('reason = ?');
  const entryOf = ({ times, first, last }: ChangesRow): readonly ChangedEntry[] => {
    const [began, ended] = [first, last].flatMap((number) => (ofRow.all(number) as Row[]).flatMap(changeOf));
    return began === undefined || ended === undefined ? [] : [{ ...ended, was: began.was, times }];
  };
  const write = db.transaction((id: string, asked: NewTender, who: Actor): Result<Increment> => {
    const before = held(id);
    if (before === null) return err(appError('entry-not-found'));
    const { requestId, was, tender, given, approvedBy } = asked;
    if (before.entry.tender !== was) return err(appError('entry-changed'));
    const after = recorder.step(
      before.entry,
      {
        event: 'tender-changed',
        requestId: shortId(requestId),
        was,
        was_given_e4: before.entry.given_e4,
        tender,
        given_e4: given === null ? null : toScaled(given),
        approvedBy,
      },
      clock.nowMs(),
      actorText(who),
    );
    return ok(heldAfter(before, after));
  });
  return {
    ofEntry: (sequence) => (ofEntry.all(sequence) as Row[]).flatMap(changeOf),
    within: ({ from, to }, limit) => {
      const all = within.all({ from, to }) as ChangesRow[];
      const entries = all.flatMap(entryOf);
      const listed = [...entries.filter((one) => !isAsBefore(one)), ...entries.filter(isAsBefore)];
      return { count: all.reduce((sum, { times }) => sum + times, 0), listed: listed.slice(0, limit) };
    },
    byRequest: (requestId) => (ofRequest.all(shortId(requestId)) as Row[]).flatMap(changeOf)[0] ?? null,
    change: (id, asked, who) => write.immediate(id, asked, who),
  };
}
