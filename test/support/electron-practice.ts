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

/** As in `{{number}} of {{count}}`. */
const stepWords = new RegExp(words('guide.step', { number: '(\\d)', count: '\\d' }));

/** The step that is to be done now, from 1; 0 while none is told. */
export const step = async (page: Page): Promise<number> =>
  Number(
    stepWords.exec(
      (await guide(page)
        .textContent({ timeout: 1_000 })
        .catch(() => '')) ?? '',
    )?.[1] ?? 0,
  );

export const untilStep = (page: Page, number: number) =>
  expect.poll(() => step(page), { timeout: timeoutMs }).toBe(number);
