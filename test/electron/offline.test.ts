import { expect, it } from 'vitest';
import { familyPhone, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import {
  amountField,
  confirmButton,
  find,
  memberCard,
  memberField,
  openFromMenu,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

it('finds members by number, phone and name without a network, and says how old that is', async () => {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock });
  const first = await openTill(store, {}, { clock });
  await memberField(first.page).waitFor();
  // Three pages, once two hours have shown that the counter has calls to spare.
  await clock.pass(2 * 3_600_000 + 120_000);
  await store.waitForCall(
    ({ method }) =>
      method === 'queryCustomerPages' &&
      store.calls().filter((call) => call.method === 'queryCustomerPages').length >= 3,
  );
  await openFromMenu(first.page, 'kybio');
  await untilText(first.page.getByRole('main'), /Members kept230/);
  await first.kill();
  await store.setPlug(false);

  const { page } = await openApp({ folder: first.folder, clock });
  await clock.pass(3 * 3_600_000 + 60_000);
  for (const query of [meiLing.number, meiLing.phone, 'mei ling']) {
    await find(page, query);
    // What is no card is picked by a person, also where one alone fits.
    if (query !== meiLing.number) await page.getByRole('option').click();
    await untilText(memberCard(page), /Tan Mei Ling.*S\$120\.00.*340 points/);
    await untilText(memberCard(page), /3 hours/);
    await page.keyboard.press('Escape');
    await memberCard(page).waitFor({ state: 'detached' });
  }
  await find(page, familyPhone);
  await page.getByRole('option').nth(2).waitFor();
  await page.keyboard.press('Escape');
  await find(page, limWei.number);
  await untilText(memberCard(page), 'Lim Wei');
  const place = await confirmButton(page).boundingBox();
  await amountField(page).fill('20');
  await untilText(confirmButton(page), words('form.savedOffline'));
  expect(await confirmButton(page).boundingBox()).toEqual(place);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Lim Wei', 'Waiting');
  await find(page, limWei.number);
  await untilText(memberCard(page), words('member.waiting', { what: 'S$20.00' }));
});
