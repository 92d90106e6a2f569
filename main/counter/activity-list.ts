import type { Increment } from '../ledger/index.ts';
import { isSameDay, type Moments, type ShownDay } from '../ledger/shown/index.ts';
import type { ChangedSince, JournalEnd } from './entry-changes.ts';

/** Where the list is read from. */
export interface ActivitySource {
  readonly changedSince: ChangedSince;
  /** The whole list of a day, of at most so many entries: what needs somebody first, then what is newest. */
  readonly activity: (day: string, limit: number, moments: Moments | null) => readonly Increment[];
  readonly byId: (id: string) => Increment | null;
  /** Entered on the day, or decided on it. */
  readonly isOfDay: (increment: Increment, day: ShownDay) => boolean;
}

export interface ActivityList {
  /** The list of a day, newest first. What did not change since it was read last stays the same object. */
  read(day: ShownDay): readonly Increment[];
}

const inQueue: ReadonlySet<string> = new Set(['queued', 'sending']);
const forSomebody: ReadonlySet<string> = new Set(['unknown', 'review']);

/** What is kept where there are too many, as the outbox's own reading has it; null: not in the list. */
function classOf(increment: Increment, isOfDay: boolean): number | null {
  if (forSomebody.has(increment.state)) return 0;
  if (inQueue.has(increment.state)) return 1;
  if (increment.unacknowledged) return 2;
  return isOfDay ? 3 : null;
}

type Rank = readonly [kind: number, sequence: number];

/** Below zero where the first one is kept rather than the other. */
const compare = ([oneKind, one]: Rank, [otherKind, other]: Rank): number =>
  oneKind - otherKind || other - one;

/** The list of what happens at the till, kept: of what changes, only that is read. */
export function createActivityList(source: ActivitySource, limit: number): ActivityList {
  let known: { readonly day: ShownDay; readonly entries: Map<string, Increment> } | null = null;
  /** How far the journal was followed. */
  let followedTo: JournalEnd | null = null;
  /** The last place that is in the list, where entries may be beyond it; null: the list is all there is. */
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

  /** The entry, and the one that it takes back: that one says so. */
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

  /** False where something from beyond the edge may belong into the list now. */
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
    // What throws from here on is read whole the next time.
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
