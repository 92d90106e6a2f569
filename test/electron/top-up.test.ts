import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  increment,
  incrementCalls,
  incrementsOf,
  memberField,
  pointsField,
  rows,
  strip,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  untilSent,
  untilStrip,
  untilText,
} from '../support/electron-till.ts';

it('credits a member with money and points: saved at once, then done with before and after', async () => {
  const store = await startPracticeStore();
  store.addFault({ fault: { kind: 'hang', when: 'before' }, method: 'queryCustomerPages' });
  const { page, complaints } = await openTill(store);
  await takeMember(page, meiLing);
  await amountField(page).fill('50');
  await pointsField(page).fill('50');
  await untilText(confirmButton(page), /Top up S\$50\.00 and 50 points for Tan Mei Ling/);
  // Nothing is applied until the answer is asked for: what is shown now is what is committed here.
  store.addFault({ fault: { kind: 'delay', delayMs: 600, when: 'before' }, method: increment });
  await confirmButton(page).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await memberField(page).inputValue()).toBe('');
  expect(await amountField(page).inputValue()).toBe('');
  await untilRows(page, 1, 'Tan Mei Ling', 'Done', 'S$120.00 → S$170.00');
  await untilStrip(page, /^Online · all sent$/);
  expect(incrementsOf(store, meiLing)).toEqual([
    expect.objectContaining({
      balanceIncrement: '50',
      pointIncrement: '50',
      balanceAfter: '170.00',
      pointAfter: '390',
    }),
  ]);
  const calls = store.calls();
  expect(calls.map(({ method }) => method).filter((method) => method === increment)).toHaveLength(1);
  expect(calls.findIndex(({ method }) => method === increment)).toBeGreaterThan(
    calls.findIndex(({ method }) => method === 'queryByNumber'),
  );
  expect(complaints).toEqual([]);
});

it('keeps three without a network over a kill, and drains them in order, once each', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store);
  await takeMember(first.page, meiLing);
  await takeMember(first.page, limWei);
  await store.setPlug(false);
  await topUp(first.page, meiLing, '10');
  await topUp(first.page, limWei, '20', '5');
  await topUp(first.page, meiLing, '30');
  await untilRows(first.page, 3, 'Waiting');
  await untilStrip(first.page, /^Offline · 3 waiting$/);
  await first.kill();

  const second = await openApp({ folder: first.folder });
  await untilRows(second.page, 3, 'Waiting');
  await untilStrip(second.page, /^Offline · 3 waiting$/);
  expect(store.increments()).toEqual([]);
  await store.setPlug(true);
  await untilRows(second.page, 3, 'Done');
  await untilStrip(second.page, /^Online · all sent$/);
  expect(incrementsOf(store, meiLing).map(({ balanceIncrement }) => balanceIncrement)).toEqual(['10', '30']);
  expect(
    incrementsOf(store, limWei).map(({ balanceIncrement, pointIncrement }) => [
      balanceIncrement,
      pointIncrement,
    ]),
  ).toEqual([['20', '5']]);
  expect(incrementCalls(store)).toHaveLength(3);
});

it('never sends again what lost its reply, and goes on with the other members', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  const members = [meiLing, limWei, nurAisyah];
  for (const member of members) await takeMember(page, member);
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 3 });
  for (const [index, member] of members.entries()) {
    await topUp(page, member, '10');
    await untilSent(page, index + 1, 'Checking');
  }
  // One more of a member that is held back, and one of a member that is not.
  await topUp(page, meiLing, '7');
  await topUp(page, rajanPillai, '40');
  await untilSent(page, 1, 'Rajan Pillai', 'Done');
  await untilRows(page, 1, 'Tan Mei Ling', 'Waiting');
  await page.getByRole('button', { name: 'Send now' }).click();
  await untilStrip(page, /1 waiting · 3 checking/);
  await untilIncrements(store, 4);
  expect(incrementCalls(store)).toHaveLength(4);
  for (const member of members) expect(incrementsOf(store, member)).toHaveLength(1);
  expect(await rows(page, 'Checking').count()).toBe(3);
  expect(await strip(page)).not.toContain('Paused');
});

it('finds its undecided entry again after a kill in the middle of a send, and does not repeat it', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store);
  store.addFault({ fault: { kind: 'hang', when: 'after' }, method: increment, times: 1 });
  await topUp(first.page, meiLing, '25');
  await untilRows(first.page, 1, 'Sending');
  await untilIncrements(store, 1);
  await first.kill();
  const { page } = await openApp({ folder: first.folder });
  await untilRows(page, 1, 'Tan Mei Ling', 'Checking');
  await topUp(page, limWei, '5');
  await untilRows(page, 1, 'Lim Wei', 'Done');
  expect(incrementsOf(store, meiLing)).toHaveLength(1);
  expect(incrementCalls(store)).toHaveLength(2);
});
