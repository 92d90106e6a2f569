import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  find,
  incrementCalls,
  incrementsOf,
  rows,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';

it('pauses with words for a sign-in page, fails nothing, and goes on by itself when it is gone', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  store.addFault({ fault: { kind: 'portal' } });
  // Whoever was read a moment ago is not read again: somebody else's card finds the way closed.
  await find(page, '4711');
  await untilStrip(page, `Paused · ${words('pauses.portal.short')}`);
  await page
    .getByRole('region', { name: words('notices.region') })
    .getByText(/^Paused: /)
    .waitFor();
  await page.getByText(words('pauses.portal.do')).waitFor();
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
});
