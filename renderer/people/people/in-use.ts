import { useEffect } from 'react';
import { till } from '../../shared/bridge.ts';
import { topics } from '../../shared/topics.ts';

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
