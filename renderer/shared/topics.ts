import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { AppError, Till } from '../../preload/contract/index.ts';
import { createTopicStores, type TopicName, type Values } from './topic-stores.ts';

export const topics = createTopicStores();

/** Why there is no valid snapshot. */
export const snapshotFailure = createStore<AppError | null>(() => null);

const itself = (value: unknown): unknown => value;

/** A topic, or a selection of it. Only below a screen shown with a snapshot; redraws only on change. */
export function useTopic<N extends TopicName>(name: N): Values[N];
export function useTopic<N extends TopicName, T>(name: N, select: (value: Values[N]) => T): T;
export function useTopic<N extends TopicName>(
  name: N,
  select: (value: Values[N]) => unknown = itself,
): unknown {
  return useStore(topics.stores[name], (value) => {
    if (value === undefined) throw new Error('a screen without a snapshot');
    return select(value);
  });
}

/** Only below a screen that is shown while the till is set up. */
export const useTill = (): Till =>
  useTopic('till', (till) => {
    if (till === null) throw new Error('a till screen without a till');
    return till;
  });

/** Locked: people are set up, and nobody is signed in. */
export const isLocked = (): boolean => topics.now('people')?.signedIn === null;
