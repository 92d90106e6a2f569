import { createStore, type StoreApi } from 'zustand/vanilla';
import { applyRows, topicNames } from '../../preload/contract/app/values.ts';
import type { Changes, Entry, Snapshot, Topics } from '../../preload/contract/index.ts';

/** The stored values: the topics, and the rows of the list. */
export interface Values extends Topics {
  readonly activity: readonly Entry[];
}
export type TopicName = keyof Values;

/** A topic's value; undefined until there is a snapshot. */
export type TopicStore<N extends TopicName> = StoreApi<Values[N] | undefined>;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Unchanged rows keep their objects, so that the list redraws only changed ones. */
function sameRows(before: readonly Entry[], now: readonly Entry[]): readonly Entry[] {
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const rows = now.map((entry) => {
    const was = known.get(entry.id);
    return was !== undefined && isSame(was, entry) ? was : entry;
  });
  const isUnchanged = rows.length === before.length && rows.every((entry, index) => entry === before[index]);
  return isUnchanged ? before : rows;
}

/** A store per topic: components redraw only when theirs changes. */
export function createTopicStores() {
  const stores = Object.fromEntries(
    [...topicNames, 'activity'].map((name) => [name, createStore<unknown>(() => undefined)]),
  ) as unknown as { readonly [N in TopicName]: TopicStore<N> };
  const listeners = new Set<() => void>();

  const set = <N extends TopicName>(name: N, value: Values[N]): void => {
    if (!isSame(stores[name].getState(), value)) stores[name].setState(value, true);
  };
  const settle = (topics: Partial<Topics>, activity: readonly Entry[]): void => {
    for (const name of topicNames) {
      const value = topics[name];
      if (value !== undefined) set(name, value);
    }
    if (activity !== stores.activity.getState()) stores.activity.setState(activity, true);
    for (const listener of listeners) listener();
  };
  const rows = (): readonly Entry[] => stores.activity.getState() ?? [];
  return {
    stores,
    /** A topic as it is now; undefined until there is a snapshot. */
    now: <N extends TopicName>(name: N): Values[N] | undefined => stores[name].getState(),
    /** Called once per push, after all its topics are updated. */
    onSettled: (listener: () => void): void => void listeners.add(listener),
    take: (snapshot: Snapshot): void => settle(snapshot, sameRows(rows(), snapshot.activity)),
    apply: ({ topics, rows: changed }: Changes): void => settle(topics, applyRows(rows(), changed)),
  };
}
