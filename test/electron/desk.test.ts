import { expect, it } from 'vitest';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { axeFindings } from '../support/electron-look.ts';
import { type AtWork, addPerson, signIn, switchTo } from '../support/electron-people.ts';
import {
  givePin,
  managerPin,
  memberField,
  openFromMenu,
  openPlace,
  words,
} from '../support/electron-till.ts';

const boss: AtWork = { name: 'Boss', role: 'manager', pin: '482915' };
const mei: AtWork = { name: 'Mei', role: 'cashier', pin: '391726' };

it('has five items in the menu, from every screen, and a list that keys go through', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await memberField(page).waitFor();
  await page.keyboard.press('F10');
  const menu = page.getByRole('dialog', { name: words('menu.title'), exact: true });
  const items = menu.getByRole('button');
  await untilFocus(items.first());
  expect(await items.count()).toBe(5);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await untilFocus(items.last());
  await page.keyboard.press('Home');
  await untilFocus(items.first());
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  // No shift is open yet: what is typed first there has the focus.
  await untilFocus(page.getByLabel(words('shifts.open.float'), { exact: true }));
  const rail = page.getByRole('navigation', { name: words('desk.title') }).getByRole('button');
  await rail.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await untilFocus(page.getByRole('heading', { level: 1, name: words('review.screen.title') }));
  // The menu is at hand here too, and gives the focus back.
  await page.keyboard.press('F10');
  await untilFocus(items.first());
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await page.keyboard.press('F4');
  const tabs = page.getByRole('navigation', { name: words('shifts.title') }).getByRole('button');
  await tabs.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await untilFocus(page.getByRole('heading', { level: 1, name: words('shifts.closed.title') }));
  await page.keyboard.press('Escape');
  await untilFocus(memberField(page));
});

it('saves what was typed when its page is left, by whatever way', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  const cap = page.getByLabel(words('policy.fields.memberWaitingCap'));
  const ways = [
    () => page.keyboard.press('Escape'),
    () => page.keyboard.press('F4'),
    () => openPlace(page, 'rules'),
  ];
  for (const [at, leave] of ways.entries()) {
    await openFromMenu(page, 'settings');
    if (at > 0) expect(await cap.inputValue()).toBe(String(29 + at));
    await cap.fill(String(30 + at));
    await leave();
    // The first PIN serves for a while.
    if (at === 0) await givePin(page, words('saving.ask.save'));
    await cap.waitFor({ state: 'detached' });
  }
});

it('shows a cashier what is theirs, and has the list behind a button in a narrow window', async () => {
  const store = await startPracticeStore();
  const { page, resize } = await openTill(store, { managerPin });
  await openFromMenu(page, 'people');
  for (const person of [boss, mei]) await addPerson(page, person, person === boss);
  await page.keyboard.press('Escape');
  await switchTo(page, mei);
  await page.keyboard.press('F4');
  const rail = page.getByRole('navigation', { name: words('desk.title') });
  await rail.getByRole('button', { name: words('desk.places.day') }).waitFor();
  expect(await rail.getByRole('button').count()).toBeLessThanOrEqual(5);
  await rail.getByRole('button', { name: words('desk.places.lock') }).click();
  await page.getByRole('dialog', { name: words('people.deskTitle') }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  // The desk is what was pressed: it opens once a manager is there.
  await page.keyboard.press('F10');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('menu.desk') })
    .click();
  await signIn(page, 'people.deskTitle', boss);
  await rail.getByRole('button', { name: words('desk.places.safety') }).waitFor();
  await resize(800, 560);
  await openPlace(page, 'safety');
  await untilFocus(page.getByRole('heading', { level: 1, name: words('desk.places.safety') }));
  expect(await axeFindings(page)).toEqual([]);
});
