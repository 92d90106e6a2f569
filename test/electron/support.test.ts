import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type OpenApp, openApp, runApp, testFolder } from '../support/electron-app.ts';
import { expectBroken, usedTill } from '../support/electron-broken.ts';
import { words } from '../support/electron-till.ts';

const report = ({ page }: OpenApp) => page.getByRole('dialog', { name: words('diagnostics.title') });

it('gives the report where the database does not open, in the window and without one', async () => {
  const { folder, file } = await usedTill();
  writeFileSync(file, 'no database '.repeat(500));
  const open = await openApp({ folder });
  await expectBroken(open, 'database-corrupt');
  await open.page.getByRole('button', { name: words('broken.diagnostics') }).click();
  const text = report(open).getByRole('region', { name: words('diagnostics.text') });
  await text.filter({ hasText: '"code": "database-corrupt"' }).waitFor();
  await text.filter({ hasText: 'till.not-opened' }).waitFor();

  const target = join(testFolder(), 'report.txt');
  const ended = await runApp(folder, [`--diagnostics=${target}`]);
  expect([ended.code, JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '')]).toMatchObject([
    0,
    { diagnostics: target },
  ]);
  const written = readFileSync(target, 'utf8');
  expect(written).toContain('database: database-corrupt');
  expect(written).toContain('till.not-opened');
  const nowhere = await runApp(folder, [`--diagnostics=${join(target, 'no', 'folder.txt')}`]);
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('cannot be written')]);
});
