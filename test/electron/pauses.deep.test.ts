import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import {
  increment,
  incrementsOf,
  openFromMenu,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';

it('pauses for a key that KYBIO no longer takes, and goes on when a manager has replaced it', async () => {
  const old = await startPracticeStore();
  const { page } = await openTill(old);
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  await old.close();
  const store = await startPracticeStore({ port: old.port, appId: old.appId });

  await topUp(page, meiLing, '50', '10');
  await untilStrip(page, `Paused · ${words('pauses.credentials.short')} · 1 waiting`);
  await untilRows(page, 1, 'Waiting', `held: ${words('pauses.credentials.short')}`);
  await topUp(page, limWei, '20');
  await untilRows(page, 2, 'Waiting');

  await openFromMenu(page, 'makePin');
  const making = page.getByRole('dialog', { name: words('manager.makeTitle') });
  await making.getByLabel(words('setUp.appKey')).fill(old.appKey);
  await making.getByLabel(words('manager.pin')).fill('271828');
  await making.getByLabel(words('manager.repeat')).fill('271828');
  await making.getByRole('button', { name: words('manager.make') }).click();
  await page.getByRole('button', { name: words('manager.codeDone') }).click();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: words('pauses.credentials.title') }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('pause.replaceKey') })
    .click();
  const replacing = page.getByRole('dialog', { name: words('replaceKey.title') });
  await replacing.getByLabel(words('replaceKey.newKey')).fill(store.appKey);
  await replacing.getByLabel(words('manager.pin')).fill('000000');
  await replacing.getByRole('button', { name: words('replaceKey.confirm') }).click();
  await replacing.getByText(words('errors.manager-pin-wrong')).waitFor();
  await replacing.getByLabel(words('manager.pin')).fill('271828');
  await replacing.getByRole('button', { name: words('replaceKey.confirm') }).click();
  await replacing.waitFor({ state: 'detached' });

  await untilRows(page, 2, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  for (const member of [meiLing, limWei]) expect(incrementsOf(store, member)).toHaveLength(1);
  expect(store.calls().filter(({ method, applied }) => method === increment && applied)).toHaveLength(2);
});

it('whose keys are gone from the keyring asks for the recovery code by its name, and goes on with it', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store);
  await openFromMenu(first.page, 'makePin');
  const making = first.page.getByRole('dialog', { name: words('manager.makeTitle') });
  await making.getByLabel(words('setUp.appKey')).fill(store.appKey);
  await making.getByLabel(words('manager.pin')).fill('271828');
  await making.getByLabel(words('manager.repeat')).fill('271828');
  await making.getByRole('button', { name: words('manager.make') }).click();
  const shown = first.page.getByRole('dialog', { name: words('manager.codeTitle') });
  const code = /[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/.exec((await shown.textContent()) ?? '')?.[0] ?? '';
  await first.close();
  const vault = join(first.folder, 'live', 'vault.json');
  const kept = JSON.parse(readFileSync(vault, 'utf8')) as { sealed: Record<string, string> };
  writeFileSync(vault, JSON.stringify({ ...kept, sealed: { ...kept.sealed, appKey: 'AAAA' } }));

  const { page } = await openApp({ folder: first.folder });
  await page.getByRole('button', { name: words('pauses.key-lost.title') }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('pause.replaceKey') })
    .click();
  const replacing = page.getByRole('dialog', { name: words('replaceKey.title') });
  await replacing.getByText(words('replaceKey.leadCode')).waitFor();
  await replacing.getByLabel(words('replaceKey.newKey')).fill(store.appKey);
  await replacing.getByLabel(words('manager.code')).fill(code);
  await replacing.getByRole('button', { name: words('replaceKey.confirm') }).click();
  await replacing.waitFor({ state: 'detached' });
  await untilStrip(page, /^Online/);
});
