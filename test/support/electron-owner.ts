import type { Locator, Page } from 'playwright-core';
import { type OwnerView, ok } from '../../preload/contract/index.ts';
import type { FakeMain } from '../kit/fake-main.ts';
import { type FakeOwner, ownerViewOf } from '../kit/fake-owner.ts';
import { createFakeShop } from '../kit/fake-shop.ts';
import type { OpenPage } from '../kit/page.ts';
import { memberField, openFromMenu, words } from './electron-till.ts';

export const press = (within: Page | Locator, name: string) =>
  within.getByRole('button', { name, exact: true }).click();

export async function openOwner(openPage: OpenPage, main: FakeMain): Promise<Page> {
  const page = await openPage(main);
  await memberField(page).waitFor();
  await openFromMenu(page, 'owner');
  await page.getByRole('heading', { level: 1, name: words('owner.title') }).waitFor();
  return page;
}

/** A main whose till a manager has unlocked. */
export async function unlocked(of: FakeOwner, language = 'en'): Promise<{ main: FakeMain; view: OwnerView }> {
  const main = createFakeShop([], { language });
  const view = await ownerViewOf(of);
  main.answer('reports:look', () => ok({ view }));
  return { main, view };
}

export const allTills = (page: Page) =>
  page.getByRole('region', { name: words('owner.all.title'), exact: true });
