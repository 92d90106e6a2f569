import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenApp } from './app.ts';

export type Reply = {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string };
};
export type Bridge = Readonly<Record<string, (args: unknown) => Promise<Reply>>>;

/** What an accepted message would have changed: the plug, the entries, what the practice host heard. */
export const stateOf = async ({ page, folder }: Pick<OpenApp, 'page' | 'folder'>): Promise<string> => {
  const answers = await page.evaluate(async () => {
    const snapshot = await window.till?.appSnapshot({});
    return snapshot?.ok
      ? [snapshot.value.practice, snapshot.value.counts, snapshot.value.managerPinSet]
      : null;
  });
  const ledger = readFileSync(join(folder, 'practice', 'ledger.jsonl'), 'utf8');
  return JSON.stringify([answers, ledger.split('"increment"').length]);
};
