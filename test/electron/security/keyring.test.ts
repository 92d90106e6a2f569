import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planted } from '../../faults/faults.ts';
import { isInDepth, isInSample } from '../../kit/depth.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { filesIn } from '../../support/electron-app.ts';
import { words } from '../../support/electron-till.ts';
import { type OpenApp, openApp } from './support/app.ts';
import { scratch } from './support/build.ts';
import type { Undone } from './support/doors.ts';

/** A till provisioned by file, as whoever installs PCs would, on the keyring that `store` names. */
async function provisioned<T>(
  options: { readonly undone?: readonly Undone[]; readonly keyring?: string },
  look: (app: OpenApp, appKey: string, file: string) => Promise<T>,
): Promise<T> {
  const store = await startPracticeStore();
  const file = join(scratch('provisioning'), 'provisioning.json');
  const { appId, appKey, baseUrl: host } = store;
  const till = { tillName: 'Counter 1', storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' };
  writeFileSync(file, JSON.stringify({ host, appId, appKey, ...till }));
  const { keyring } = options;
  const app = await openApp({
    undone: options.undone ?? [],
    args: [`--provision=${file}`],
    practice: false,
    launch: (launch) => ({
      ...launch,
      args: launch.args.map((argument) =>
        keyring !== undefined && argument.startsWith('--password-store=')
          ? `--password-store=${keyring}`
          : argument,
      ),
    }),
  });
  try {
    return await look(app, appKey, file);
  } finally {
    await app.close();
  }
}

/** Names of files of the till that hold the key as it is or in base64; the till must be open. */
async function filesWithTheKey({ page, folder }: OpenApp, appKey: string): Promise<string[]> {
  await page.getByRole('textbox', { name: 'Member' }).waitFor();
  const forms = [appKey, Buffer.from(appKey).toString('base64')].map((form) => form.toLowerCase());
  return [...filesIn(folder)]
    .filter(({ bytes }) => forms.some((form) => bytes.toString('latin1').toLowerCase().includes(form)))
    .map(({ path }) => path.slice(folder.length + 1));
}

describe('21: the key of a provisioned till', () => {
  if (isInSample)
    test('is in no file of its data folder, and no longer in the file that brought it', async () => {
      const found = await provisioned({}, async (app, appKey, file) => {
        const kept = await filesWithTheKey(app, appKey);
        // The window is there before the import has come to its end.
        await expect.poll(() => readFileSync(file, 'utf8')).not.toContain(appKey);
        return kept;
      });
      expect(found).toEqual([]);
    });

  if (isInDepth)
    test('is found where it is not sealed', async () => {
      expect(await provisioned({ undone: planted('nothing-sealed').changes }, filesWithTheKey)).toContain(
        join('live', 'vault.json'),
      );
    });
});

const sentence = words('errors.keyring-plain-text');

describe.runIf(process.platform === 'linux')('22: without a keyring', () => {
  if (isInSample)
    test('the first screen says so in words, and nothing is kept', async () => {
      const found = await provisioned({ keyring: 'basic' }, async ({ page, folder }, appKey) => {
        await page.getByText(sentence.slice(0, 40)).first().waitFor();
        return [...filesIn(folder)].some(({ bytes }) => bytes.includes(appKey));
      });
      expect(found).toBe(false);
    });

  if (isInDepth)
    test('a build that does not know basic_text does not say so', async () => {
      const code = await provisioned(
        { keyring: 'basic', undone: planted('plain-text-called-keyring').changes },
        async ({ page }) => {
          await page.waitForFunction(() => (document.querySelector('#root')?.textContent ?? '') !== '');
          await page.getByText(words('errors.keyring-unavailable').slice(0, 40)).first().waitFor();
          return page.getByText(sentence.slice(0, 40)).count();
        },
      );
      expect(code).toBe(0);
    });
});
