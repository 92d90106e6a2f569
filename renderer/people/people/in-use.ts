import { useEffect } from 'react';
import { till } from '../../shared/bridge.ts';
import { topics } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import type { Screen } from '../../shared/view-store.ts';

/** The till is locked after minutes: to be told of every few seconds is enough. */
const REPORT_EVERY_MS = 5_000;

/** Practice that nobody touches is left, and a till that somebody signed in to is locked. */
const matters = (): boolean => Boolean(topics.now('people')?.signedIn) || topics.now('mode') === 'practice';

/** Tells main that somebody is there, where it asks. */
export function useInUse(): void {
  useEffect(() => {
    let toldAtMs = Number.NEGATIVE_INFINITY;
    const tell = ({ timeStamp }: Event) => {
      if (timeStamp - toldAtMs < REPORT_EVERY_MS || !matters()) return;
      toldAtMs = timeStamp;
      void till.peopleInUse({});
    };
    const leaving = new AbortController();
    for (const name of ['keydown', 'pointerdown', 'pointermove', 'wheel'])
      window.addEventListener(name, tell, { capture: true, passive: true, signal: leaving.signal });
    return () => leaving.abort();
  }, []);
}

/** From a page of the desk to the till; a member who was looked at there is none. */
export const leavesDesk = (from: Screen, to: Screen): boolean =>
  to.kind === 'till' && from.kind !== 'till' && !(from.kind === 'member' && from.from === 'till');

/** A manager leaves with the desk: what is sold next is the cashier's. */
export function useLeaveDesk(): void {
  useEffect(
    () =>
      view.store.subscribe(({ screen }, before) => {
        if (leavesDesk(before.screen, screen)) void till.managerLock({});
      }),
    [],
  );
}
