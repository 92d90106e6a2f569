import { expect } from 'vitest';
import { unknownHost } from '../../../main/hosts/host/host-profile.ts';
import type { Fault } from '../../../main/hosts/practice/types.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { found, isOver, number, open, started, sums, view } from '../../kit/check-up.ts';
import type { Driven } from '../../kit/driven-till.ts';

export const method = 'updateBalancePointByIncrement';
/** A host of which everything can be proven. */
export const all = { refusesDuplicates: true, keepsRechargeLog: true, logCarriesDataChangeTime: true };
export const nothing = { balance: 0, point: 0 };

export const atSend = (driven: Driven, place: number, fault: Fault) =>
  driven.beforeSend((send) => {
    if (send === place) driven.store.addFault({ fault, method, times: 1 });
  });

export const begin = async (driven: Driven) => {
  expect((await driven.till.session.sending.checkUp.start(number, theManager)).ok).toBe(true);
};

/** A check-up that loses the answer to one of its sends takes everything back. */
export async function endsWithAllTakenBack(place: number, when: 'before' | 'after'): Promise<void> {
  const driven = await open(all);
  atSend(driven, place, { kind: 'drop', when });
  await begin(driven);
  await driven.drive(isOver(driven));
  // Sends 4 and 5 are of nobody and of nothing: those are simply put again.
  const ofNobody = place === 4 || place === 5;
  expect(view(driven)).toMatchObject(
    ofNobody
      ? { state: 'done', reversed: true, problem: null }
      : { state: 'failed', reversed: true, problem: 'unanswered' },
  );
  expect(sums(driven)).toEqual(nothing);
  if (!ofNobody) expect(found(driven)).toEqual(unknownHost);
}

/** One whose process dies around one of its calls is known of at the next start, and takes everything back. */
export async function leavesNothing(when: 'before' | 'after', call: number): Promise<void> {
  const before = await started(all);
  const after = await before.die(call, when);
  if (after === null) throw new Error('it made fewer calls');
  after.till.session.start();
  await after.drive(isOver(after));
  expect(view(after).reversed).toBe(true);
  expect(sums(after)).toEqual(nothing);
  const { duplicates } = found(after);
  if (view(after).state === 'failed') expect(duplicates).toBeNull();
  else if (duplicates !== null) expect(duplicates.greatestAgeMs).toBeLessThanOrEqual(2 * 86_400_000);
}
