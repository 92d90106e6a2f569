import type Database from 'better-sqlite3';
import { type EntryEvent, readEvent, type StoredEvent } from '../../main/ledger/tables/entry-events.ts';
import type { Figures } from './figures.ts';
import { type KybioHost, keyOf } from './kybio-host.ts';
import { prepared } from './prepared.ts';
import type { Crowd, ProfileName } from './scenario.ts';

interface EventRow extends StoredEvent {
  readonly at_ms: number;
  readonly id: string;
}

interface Entry {
  readonly id: string;
  readonly customer_uid: string;
  readonly data_change_time: string;
  readonly balance_increment_e4: number;
}

/** How an entry went, out of its journal. */
interface Course {
  wasUnknown: boolean;
  wasInReview: boolean;
  /** In review for another reason than evidence: a restore, a row that is not vouched for. */
  otherReview: boolean;
  suggestion: string | null;
  reasons: string;
  /** By the till's wall clock; null = it never was in review. */
  reviewAtMs: number | null;
}

function coursesOf(db: Database.Database): Map<string, Course> {
  const rows = db
    .prepare(
      `SELECT i.id, j.at_ms, j.event, j.version, j.reason, j.content FROM journal j JOIN increment i ON i.sequence = j.entry
       WHERE j.event IN ('ended', 'interrupted', 'decided', 'sent-to-review', 'quarantined') ORDER BY j.number`,
    )
    .all() as EventRow[];
  const courses = new Map<string, Course>();
  for (const row of rows) {
    const { state, evidence } = after(readEvent(row));
    if (state !== 'unknown' && state !== 'review') continue;
    const course = courses.get(row.id) ?? {
      wasUnknown: false,
      wasInReview: false,
      otherReview: false,
      suggestion: null,
      reasons: '',
      reviewAtMs: null,
    };
    courses.set(row.id, course);
    if (state === 'unknown') course.wasUnknown = true;
    if (state !== 'review' || course.wasInReview) continue;
    course.wasInReview = true;
    course.reviewAtMs = row.at_ms;
    course.suggestion = evidence?.verdict?.suggestion ?? null;
    course.otherReview = course.suggestion === null;
    course.reasons = evidence?.verdict?.reasons?.join(' ') ?? '';
  }
  return courses;
}

interface Evidence {
  readonly verdict?: { readonly suggestion?: string; readonly reasons?: readonly string[] };
}

/** Where an event leaves its entry, and on what evidence. */
function after(event: EntryEvent): { readonly state: string | null; readonly evidence?: Evidence | null } {
  switch (event.event) {
    case 'ended':
      return { state: event.entry.state };
    case 'interrupted':
      return { state: 'unknown' };
    case 'decided':
      return { state: event.state, evidence: event.evidence as Evidence | null };
    case 'sent-to-review':
    case 'quarantined':
      return { state: 'review' };
    default:
      return { state: null };
  }
}

export interface RunFacts {
  readonly profile: ProfileName;
  readonly host: KybioHost;
  readonly crowd: Crowd;
  /** Points-only increments make no rows on this host. */
  readonly awardsAreLogged: boolean;
  /** Whether an entry was applied when it went to review: a manager may have sent it since. */
  readonly appliedAtReview: ReadonlyMap<string, boolean>;
}

/** Counts the unknowns of one run; returns the entries that were in review at any time. */
export function countUnknowns(figures: Figures, db: Database.Database, facts: RunFacts): ReadonlySet<string> {
  const of = figures.unknown[facts.profile];
  const courses = coursesOf(db);
  const entries = db
    .prepare('SELECT id, customer_uid, data_change_time, balance_increment_e4 FROM increment')
    .all() as Entry[];
  for (const entry of entries) {
    const course = courses.get(entry.id);
    if (course === undefined || !course.wasUnknown || course.otherReview) continue;
    const applied = facts.host.applied.get(keyOf(entry.customer_uid, entry.data_change_time)) !== undefined;
    const appliedThen = facts.appliedAtReview.get(entry.id) ?? applied;
    of.unknowns += 1;
    const unread = course.wasInReview && isUnread(course, facts.profile);
    const attempts = attemptsOf(db, entry.id);
    const promised =
      !(unread || isPaused(course) || isDuplicateAlone(course)) &&
      isAgeKnown(course, attempts) &&
      isPromised(facts, entry, appliedThen, attempts);
    if (promised) of.promised += 1;
    if (promised && !course.wasInReview) of.kept += 1;
    if (!course.wasInReview) of.alone += 1;
    else if (unread) of.unread += 1;
    else countAdvice(figures, facts, course, appliedThen, promised);
  }
  return new Set([...courses].filter(([, course]) => course.wasInReview).map(([id]) => id));
}

/** What is relied on, the log or the member's sums, could not be read in time. */
const isUnread = ({ reasons }: Course, profile: ProfileName): boolean =>
  profile === 'log' ? !reasons.includes('log-') : reasons.includes('no-reading');

/** Sending was stopped for a manager until a person had to be asked about the entry itself. */
const isPaused = ({ reasons }: Course): boolean => reasons.includes('sending-paused');

/** KYBIO called it a duplicate, and neither the member's sums nor the log show that it is this entry. */
const isDuplicateAlone = ({ reasons }: Course): boolean =>
  reasons.includes('duplicate-refusal') && !reasons.includes('exact-movement');

/** Not where the wall clock was set back behind the first sending: then nobody knows how old it is. */
const isAgeKnown = ({ reviewAtMs }: Course, [first]: readonly Attempt[]): boolean =>
  reviewAtMs === null || first === undefined || first.started_at_ms <= reviewAtMs;

function countAdvice(figures: Figures, facts: RunFacts, course: Course, applied: boolean, promised: boolean) {
  const of = figures.unknown[facts.profile];
  of.review += 1;
  const advice =
    course.suggestion === 'unclear'
      ? 'Unclear'
      : (course.suggestion === 'applied') === applied
        ? 'Right'
        : 'Wrong';
  if (facts.crowd === 'ordinary') of[advice.toLowerCase() as 'right' | 'unclear' | 'wrong'] += 1;
  else of[`crowded${advice}` as const] += 1;
  const why = `${facts.profile}${promised ? ' (promised)' : ''}, ${facts.crowd}: ${advice}: ${course.reasons}`;
  figures.asked[why] = (figures.asked[why] ?? 0) + 1;
}

interface Attempt {
  readonly started_at_ms: number;
  readonly outcome: string | null;
  readonly cause: string | null;
}

const attemptsOf = (db: Database.Database, id: string): readonly Attempt[] =>
  prepared(
    db,
    "SELECT started_at_ms, outcome, cause FROM attempt WHERE entry = (SELECT sequence FROM increment WHERE id = ?) AND phase <> 'connecting' ORDER BY number",
  ).all(id) as Attempt[];

/** Whether this profile promises to decide such an unknown without a person. */
function isPromised(
  { profile, awardsAreLogged }: RunFacts,
  entry: Entry,
  applied: boolean,
  attempts: readonly Attempt[],
): boolean {
  switch (profile) {
    case 'duplicates':
      // Not where the first send was itself called a duplicate, nor where a later one was rejected.
      return (
        attempts.find(({ outcome }) => outcome !== 'not-applied')?.cause !== 'duplicate' &&
        !attempts.slice(1).some(({ outcome }) => outcome === 'rejected')
      );
    case 'log':
      return applied && (entry.balance_increment_e4 !== 0 || awardsAreLogged);
    default:
      return false;
  }
}
