import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { timeoutMs } from './electron-app.ts';
import { words } from './electron-till.ts';

/** The practice store's own ledger, in its file: what it applied, whatever the till takes to be true. */
export const applied = (folder: string): readonly { customerUid: string; balanceIncrement: string }[] =>
  readFileSync(join(folder, 'practice', 'ledger.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind: string; customerUid: string; balanceIncrement: string })
    .filter(({ kind }) => kind === 'increment');

export async function flip(page: Page, name: string): Promise<void> {
  const control = page.getByRole('switch', { name });
  const before = await control.getAttribute('aria-checked');
  await control.click();
  await expect.poll(() => control.getAttribute('aria-checked')).not.toBe(before);
}

export const guide = (page: Page) => page.getByRole('region', { name: words('guide.title') });

/** The step that is to be done now, from 1. */
export const step = async (page: Page): Promise<number> => {
  const steps = await guide(page).getByRole('listitem').all();
  const current = await Promise.all(steps.map((one) => one.getAttribute('aria-current')));
  return current.indexOf('step') + 1;
};

export const untilStep = (page: Page, number: number) =>
  expect.poll(() => step(page), { timeout: timeoutMs }).toBe(number);
