// A life in which shifts are opened, moved, counted and closed, one after the other, until it ends.

import type { OpenedSession } from '../../main/app/open-session.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';

export interface ShiftLife {
  readonly session: OpenedSession;
  readonly tell: (line: string) => void;
  readonly topUp: () => void;
  readonly uuid: () => string;
  readonly pause: () => Promise<void>;
}

/** Where the shift is, as a start finds it and as each step leaves it: `open 3`. */
const placeOf = ({
  day: {
    shifts: { service },
  },
}: OpenedSession): string => {
  const { open, lastClosed } = service.shown();
  return open === null ? `closed ${lastClosed}` : `${open.stage} ${open.number}`;
};

/** What is told was done when it is told: a kill cannot take it back. */
export async function workShifts({ session, tell, topUp, uuid, pause }: ShiftLife): Promise<void> {
  const { service } = session.day.shifts;
  const {
    counter: { policy },
  } = session;
  if (policy.current().varianceLimit !== '9000')
    policy.save({ ...policy.current(), varianceLimit: amount('9000') }, atTheTill);
  const must = ({ ok }: { readonly ok: boolean }, what: string) =>
    tell(ok ? `H ${placeOf(session)}` : `! ${what}`);
  tell(`H at ${placeOf(session)}`);
  for (;;) {
    await pause();
    const { open } = service.shown();
    if (open === null) must(service.open(amount('0'), 'own', atTheTill), 'open');
    else if (open.stage === 'open') {
      topUp();
      const id = uuid();
      await pause();
      const move = { id, kind: 'paid-in', amount: amount('3'), reason: 'Change', approvedBy: null } as const;
      if (service.move(move, atTheTill).ok) tell(`M ${id}`);
      await pause();
      must(service.beginCount(atTheTill), 'begin');
    } else if (open.stage === 'counting') {
      topUp();
      const count = { pieces: [{ value: amount('1'), pieces: 3 }], tenders: [] };
      service.keepCount(count);
      await pause();
      must(service.commitCount(count, atTheTill), 'commit');
    } else must(service.close(null, null, atTheTill), 'close');
  }
}
