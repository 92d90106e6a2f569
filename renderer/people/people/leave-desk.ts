import { useEffect } from 'react';
import { till } from '../../shared/bridge.ts';
import { view } from '../../shared/view.ts';
import type { Screen } from '../../shared/view-store.ts';

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
