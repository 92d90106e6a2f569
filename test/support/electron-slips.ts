import type { Page } from 'playwright-core';
import { words } from './electron-till.ts';

export const dialog = (page: Page) => page.getByRole('dialog', { name: words('slips.title') });

export const list = (page: Page) => dialog(page).getByRole('list', { name: words('slips.list') });
