import type { Page } from 'playwright-core';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { managerPin, words } from './electron-till.ts';

export const connect = (page: Page) =>
  page.getByRole('button', { name: words('setUp.connect'), exact: true }).click();

export async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(fields))
    await page.getByLabel(label, { exact: true }).fill(text);
}

export const rightFields = (store: PracticeStore) => ({
  'KYBIO address': store.baseUrl,
  'App ID': store.appId,
  'App key': store.appKey,
  'Till name': 'Front',
  'Store time zone': storeTimeZone,
  Currency: 'SGD',
  [words('setUp.tillNumber')]: '2',
  [words('setUp.tillCount')]: '3',
  [words('setUp.managerPin')]: managerPin,
  [words('setUp.managerPinAgain')]: managerPin,
});
