import type { Increment } from '../ledger/index.ts';
import { isSameDay, type Moments, type ShownDay } from '../ledger/shown/index.ts';
import type { ChangedSince, JournalEnd } from './entry-changes.ts';

interface ActivitySource {
  readonly changedSince: ChangedSince;
  /** The whole list of a day, at most `limit`: what needs a person first, then the newest. */
  readonly activity: (day: string, limit: number, moments: Moments | null) => readonly Increment[];
  readonly byId: (id: string) => Increment | null;
  /** Entered or decided on the day. */
  readonly isOfDay: (increment: Increment, day: ShownDay) => boolean;
}

interface ActivityList {
  /** Newest first. An unchanged entry stays the same object. */
  read(day: ShownDay): readonly Increment[];
}

const inQueue: ReadonlySet<string> = new Set(['queued', 'sending']);
const forSomebody: ReadonlySet<string> = new Set(['unknown', 'review']);

/** Priority if there are too many, as in the outbox's query; null: not in the list. */
function classOf(increment: Increment, isOfDay: boolean): number | null {
  if (forSomebody.has(increment.state)) return 0;
  if (inQueue.has(increment.state)) return 1;
  if (increment.unacknowledged) return 2;
  return isOfDay ? 3 : null;
}

type Rank = readonly [kind: number, sequence: number];

/** Negative if the first one has priority. */
const compare = ([oneKind, one]: Rank, [otherKind, other]: Rank): number =>
  oneKind - otherKind || other - one;

/** Caches the day's list, and reads only what changed. */
export function createActivityList(source: ActivitySource, limit: number): ActivityList {
  let known: { readonly day: ShownDay; readonly entries: Map<string, Increment> } | null = null;
  let followedTo: JournalEnd | null = null;
  /** The last rank in the list, if more entries may follow; null: the list is complete. */
  let edge: Rank | null = null;

  const rankOf = (increment: Increment, day: ShownDay): Rank | null => {
    const kind = classOf(increment, source.isOfDay(increment, day));
    return kind === null ? null : [kind, increment.sequence];
  };

  const rankedOf = (entries: Map<string, Increment>, day: ShownDay) =>
    [...entries.values()]
      .map((increment) => ({ id: increment.id, rank: rankOf(increment, day) ?? ([4, 0] as const) }))
      .sort((one, other) => compare(one.rank, other.rank));

  const readAll = (day: ShownDay): Map<string, Increment> => {
    const found = source.activity(day.day, limit, day.moments);
    const entries = new Map(found.map((increment) => [increment.id, increment]));
    edge = entries.size < limit ? null : (rankedOf(entries, day).at(-1)?.rank ?? null);
    return entries;
  };

  /** The changed entries, and those that they take back, which show it. */
  const readAnew = (ids: readonly string[]): Map<string, Increment | null> => {
    const read = new Map<string, Increment | null>();
    for (const id of ids) {
      const increment = source.byId(id);
      read.set(id, increment);
      if (increment?.corrects && !read.has(increment.corrects)) {
        read.set(increment.corrects, source.byId(increment.corrects));
      }
    }
    return read;
  };

  /** False if an entry beyond the edge may belong into the list now. */
  const bring = (entries: Map<string, Increment>, day: ShownDay, changed: readonly string[]): boolean => {
    for (const [id, increment] of readAnew(changed)) {
      const rank = increment === null ? null : rankOf(increment, day);
      if (increment === null || rank === null || (edge !== null && compare(rank, edge) > 0))
        entries.delete(id);
      else entries.set(id, increment);
    }
    if (entries.size > limit) {
      const ranked = rankedOf(entries, day);
      for (const { id } of ranked.slice(limit)) entries.delete(id);
      edge = ranked[limit - 1]?.rank ?? null;
    }
    return edge === null || entries.size === limit;
  };

  const readChanged = (day: ShownDay): Map<string, Increment> => {
    const before = known !== null && isSameDay(known.day, day) ? known : null;
    const changes = source.changedSince(followedTo);
    // After an exception the next call reads everything.
    [known, followedTo] = [null, null];
    const canGoOn = before !== null && changes.ids !== null && bring(before.entries, day, changes.ids);
    known = { day, entries: canGoOn ? before.entries : readAll(day) };
    followedTo = changes.end;
    return known.entries;
  };

  return {
    read: (day) => [...readChanged(day).values()].sort((one, other) => other.sequence - one.sequence),
  };
}
