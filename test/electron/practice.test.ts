import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { openApp } from '../support/electron-app.ts';
import { applied, flip, guide, untilStep } from '../support/electron-practice.ts';
import {
  confirmButton,
  memberCard,
  memberField,
  openFromMenu,
  pay,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

it('is left by the menu, and the first start offers both again', async () => {
  const { page } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(page).waitFor();
  await openFromMenu(page, 'leavePractice');
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).waitFor();
  await page.getByRole('button', { name: /^Open the practice store/ }).waitFor();
  expect(await page.getByText(words('practice.banner')).count()).toBe(0);
});

async function tapMember(page: Page, name: string): Promise<void> {
  await page
    .getByRole('group', { name: words('practice.samples') })
    .getByRole('button', { name })
    .click();
  await untilText(memberCard(page), name);
}

it('takes a stranger through the first minute by tapping alone', async () => {
  const { page, folder } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await untilStep(page, 1);
  await tapMember(page, meiLing.name);
  await untilStep(page, 2);
  // What it says may be touched to read on; only its button puts it away.
  await guide(page)
    .getByText(words('guide.step', { number: '2', count: '4' }))
    .click();
  await untilStep(page, 2);
  await guide(page)
    .getByRole('button', { name: words('guide.putAway'), exact: true })
    .waitFor();
  const quick = page.getByRole('group', { name: words('form.quick') });
  await quick.getByText('20', { exact: true }).click();
  await pay(page);
  await confirmButton(page).click();
  await untilStep(page, 3);
  await untilRows(page, 1, 'Done');
  const form = await page.getByRole('region', { name: words('form.region') }).boundingBox();

  await flip(page, 'Network plug');
  await tapMember(page, limWei.name);
  await quick.getByText('10', { exact: true }).click();
  await pay(page);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Waiting');
  await untilStep(page, 4);
  await flip(page, 'Network plug');
  await untilRows(page, 2, 'Done');
  await guide(page).getByText(words('guide.finished')).waitFor();
  expect(applied(folder)).toHaveLength(2);

  // Whatever the guide does, the form stays where it is.
  await guide(page)
    .getByRole('button', { name: words('guide.finished') })
    .click();
  await guide(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('region', { name: words('form.region') }).boundingBox()).toEqual(form);
  await expect.poll(() => memberField(page).evaluate((field) => field === document.activeElement)).toBe(true);
});
