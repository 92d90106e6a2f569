import { useEffect } from 'react';
import { useStore } from 'zustand';
import { till } from '../../shared/bridge.ts';
import { topics } from '../../shared/topics.ts';
import { createFinder, type Finder, type Finding } from './finder.ts';

const ports = {
  entries: till.findEntries,
  rows: till.findRows,
  sums: till.findSums,
  after: (delayMs: number, action: () => void) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  nowMs: () => performance.now(),
};

/** Kept while a member is shown, for the way back. */
export const finder = createFinder(ports);

export const memberFinder = createFinder(ports);

export const useFinding = <T>(of: Finder, select: (state: Finding) => T): T => useStore(of.store, select);

const MOST_IN_SIGHT = 60;

/** The ids of rendered rows. */
const inSight = (): readonly string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-row]')]
    .slice(0, MOST_IN_SIGHT)
    .flatMap(({ dataset }) => dataset['key'] ?? []);

/** Refreshes rows while they are on screen. */
export function useFreshRows(of: Finder): void {
  useEffect(() => {
    const stop = topics.stores.activity.subscribe(() => of.changed(inSight));
    return () => {
      stop();
      of.leave();
    };
  }, [of]);
}
