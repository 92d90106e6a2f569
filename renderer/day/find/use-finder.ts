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

/** What is looked for on the page of all entries: it is as it was when somebody comes back from a member. */
export const finder = createFinder(ports);

/** The same on a member's page, which looks for one. */
export const memberFinder = createFinder(ports);

export const useFinding = <T>(of: Finder, select: (state: Finding) => T): T => useStore(of.store, select);

const MOST_IN_SIGHT = 60;

/** The entries that are drawn now. */
const inSight = (): readonly string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-row]')]
    .slice(0, MOST_IN_SIGHT)
    .flatMap(({ dataset }) => dataset['key'] ?? []);

/** While it is looked at: every step that an entry takes is seen. */
export function useFreshRows(of: Finder): void {
  useEffect(() => {
    const stop = topics.stores.activity.subscribe(() => of.changed(inSight));
    return () => {
      stop();
      of.leave();
    };
  }, [of]);
}
