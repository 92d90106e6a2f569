import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { givePin, managerPin, openFromMenu, topUp, untilRows, words } from '../support/electron-till.ts';

// Several tills, other spans and languages: `owner-page`.

it('an owner sees the day so far behind a manager’s PIN, and the till among those of the shop', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store, { managerPin });
  await topUp(page, meiLing, '50', '5');
  await untilRows(page, 1, 'Done');
  await openFromMenu(page, 'owner');
  await givePin(page, words('owner.acts.look.action'));
  const all = page.getByRole('region', { name: words('owner.all.title'), exact: true });
  await all.getByText('S$50.00').first().waitFor();
  await page.getByText(words('owner.tills.none')).waitFor();
  expect(complaints).toEqual([]);
});
