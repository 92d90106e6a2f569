import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openTill, testFolder } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { openFromMenu, topUp, untilRows, words } from '../support/electron-till.ts';

/** What a person would choose in the system's dialog. */
const choose = ({ app }: OpenApp, filePath: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === '', filePath: chosen });
  }, filePath);

const report = ({ page }: OpenApp) => page.getByRole('dialog', { name: words('diagnostics.title') });

it('shows the report for whoever helps before it is saved, and saves what was read', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page } = open;
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await openFromMenu(page, 'diagnostics');
  const text = report(open).getByRole('region', { name: words('diagnostics.text') });
  await text.waitFor();
  const read = (await text.textContent()) ?? '';
  expect(read).toContain('"confirmed": 1');
  expect(read).toContain('till.opened');
  for (const secret of [store.appKey, meiLing.phone, meiLing.name]) expect(read).not.toContain(secret);
  await look(open, 'diagnostics');

  const save = report(open).getByRole('button', { name: words('diagnostics.save') });
  await choose(open, '');
  await save.click();
  const file = join(testFolder(), 'report.txt');
  await choose(open, join(testFolder(), 'no', 'such', 'folder.txt'));
  await save.click();
  await report(open).getByRole('alert').filter({ hasText: 'ENOENT' }).waitFor();
  await choose(open, file);
  await save.click();
  await report(open).getByText(file).waitFor();
  expect(readFileSync(file, 'utf8')).toBe(read);
});

it('tells what the program is, and where its data lies', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  await openFromMenu(open.page, 'about');
  const about = open.page.getByRole('dialog', { name: words('about.title') });
  await about.getByText(open.folder).waitFor();
  await about.getByText(words('about.noLicences')).waitFor();
  await look(open, 'about');
});
