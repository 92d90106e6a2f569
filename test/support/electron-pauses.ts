import { expect } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import type { Fault } from '../../main/hosts/practice/types.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from './electron-app.ts';
import {
  amountField,
  confirmButton,
  find,
  increment,
  incrementCalls,
  incrementsOf,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  words,
} from './electron-till.ts';

/** Something that answers in KYBIO's place, and the pause that it makes. */
export interface InTheWay {
  readonly fault: Fault;
  readonly reason: 'portal' | 'server';
}

export const signInPage: InTheWay = { fault: { kind: 'portal' }, reason: 'portal' };
export const badGateway: InTheWay = {
  fault: { kind: 'status', status: 502, when: 'before' },
  reason: 'server',
};

/** It is met by a look-up: nothing is sent, and all goes on by itself when it is gone. */
export async function pausesAndGoesOn({ fault, reason }: InTheWay): Promise<void> {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  store.addFault({ fault });
  // Whoever was read a moment ago is not read again: somebody else's card finds the way closed.
  await find(page, '4711');
  await untilStrip(page, `Paused · ${words(`pauses.${reason}.short`)}`);
  await page
    .getByRole('region', { name: words('notices.region') })
    .getByText(/^Paused: /)
    .waitFor();
  await page.getByText(words(`pauses.${reason}.do`)).waitFor();
  await topUp(page, meiLing, '50');
  await topUp(page, limWei, '20');
  await untilRows(page, 2, 'Waiting');
  await untilStrip(page, /2 waiting/);
  expect(incrementCalls(store)).toEqual([]);

  store.clearFaults();
  await untilRows(page, 2, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  for (const member of [meiLing, limWei]) expect(incrementsOf(store, member)).toHaveLength(1);
  expect(await rows(page, 'Refused').count()).toBe(0);
}

/** What is asked of a member whose answer was lost. */
const aboutOneMember = ['queryByNumber', 'queryByUid', 'queryCustomerRechargeLog'] as const;

/** It is met by an increment: that one is checked, the rest is held, and goes on when it is gone. */
export async function checksAndHoldsTheRest({ fault, reason }: InTheWay): Promise<void> {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  store.addFault({ fault, method: increment, times: 1 });
  for (const method of aboutOneMember) store.addFault({ fault, method });
  await amountField(page).fill('50');
  await confirmButton(page).click();
  await untilRows(page, 1, 'Tan Mei Ling', 'Checking');
  // A page of members is due at any time: met sooner it would pause before the increment, and answered now end the pause.
  store.addFault({ fault });
  await untilStrip(page, `Paused · ${words(`pauses.${reason}.short`)}`);
  await topUp(page, limWei, '20');
  await untilRows(page, 1, 'Lim Wei', 'Waiting');

  store.clearFaults();
  await untilRows(page, 1, 'Lim Wei', 'Done');
  expect(incrementCalls(store).map(({ applied }) => applied)).toEqual([false, true]);
  expect(incrementsOf(store, meiLing)).toEqual([]);
  expect(await rows(page, 'Checking').count()).toBe(1);
}
