import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { limWei, meiLing } from '../../../../main/hosts/practice/members.ts';
import type { PracticeStore } from '../../../../main/hosts/practice/types.ts';
import type { Canary } from '../../../security/support/forms.ts';
import { connect, fillIn, rightFields } from '../../../support/electron-set-up.ts';
import { openFromMenu, rows, topUp, untilRows, words } from '../../../support/electron-till.ts';
import type { OpenApp } from './app.ts';

/** What people type in the day of a till that no other text holds by chance. */
export const typed = {
  'the PIN': '493827160584',
  'a wrong PIN': '605172938461',
  'the passphrase': 'seven kopi peng at noon, no sugar',
  'the passphrase of the move': 'nine teh tarik after the rain',
} as const;

const withPin = async (page: Page, button: string, pin: string): Promise<Locator> => {
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel(words('manager.pin'));
  if ((await field.count()) > 0) await field.fill(pin);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  return dialog;
};

/** What a person would choose in the system's dialogs. */
const choose = (electron: ElectronApplication, folder: string): Promise<void> =>
  electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: `${chosen}/report.txt` });
  }, folder);

/** Set up by hand; gives the recovery code, which is shown this once. */
export async function setUp({ page }: OpenApp, store: PracticeStore): Promise<string> {
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).click();
  const pin = typed['the PIN'];
  await fillIn(page, {
    ...rightFields(store),
    [words('setUp.managerPin')]: pin,
    [words('setUp.managerPinAgain')]: pin,
  });
  await connect(page);
  const dialog = page.getByRole('dialog', { name: words('manager.codeTitle') });
  const code = (await dialog.getByText(/^(\w{5}-){3}\w{5}$/).textContent()) ?? '';
  await dialog.getByRole('button', { name: words('manager.codeDone') }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: words('firstDay.toTill') }).click();
  return code;
}

async function passphrase(page: Page, act: 'choose' | 'move', text: string): Promise<void> {
  await page.getByRole('button', { name: words(`backups.${act}`) }).click();
  const dialog = page.getByRole('dialog');
  for (const label of ['backups.passphrase', 'backups.passphraseAgain'])
    await dialog.getByLabel(words(label), { exact: true }).fill(text);
  await withPin(page, words(`backups.acts.${act}.action`), typed['the PIN']);
}

/** Two top-ups, one answer lost; a wrong PIN, a place for sealed copies, the report read and saved, an export. */
export async function trade(app: OpenApp, store: PracticeStore, stick: string): Promise<void> {
  const { page, electron } = app;
  await choose(electron, stick);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await rows(page, 'Done')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  const dialog = await withPin(page, words('entry.reverse'), typed['a wrong PIN']);
  await dialog.getByText(words('errors.manager-pin-wrong')).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  store.addFault({
    fault: { kind: 'drop', when: 'after' },
    method: 'updateBalancePointByIncrement',
    times: 1,
  });
  await topUp(page, limWei, '20');
  await openFromMenu(page, 'safety');
  await passphrase(page, 'choose', typed['the passphrase']);
  await page.getByText(words('backups.second'), { exact: true }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await openFromMenu(page, 'diagnostics');
  const report = page.getByRole('dialog', { name: words('diagnostics.title') });
  await report.getByRole('button', { name: words('diagnostics.save') }).click();
  await report.getByText(join(stick, 'report.txt')).waitFor();
  await page.keyboard.press('Escape');
  await report.waitFor({ state: 'detached' });
  await Promise.all([
    app.command(`--export=${join(stick, 'all.csv')}`),
    app.command(`--diagnostics=${join(stick, 'command.txt')}`),
  ]);
}

/** To another computer: the keys go along, sealed, and this till is retired. */
export async function move({ page, electron }: OpenApp, stick: string): Promise<void> {
  await choose(electron, stick);
  await openFromMenu(page, 'safety');
  await passphrase(page, 'move', typed['the passphrase of the move']);
  await page.getByRole('heading', { name: words('moved.title') }).waitFor();
}

/** All that the till has between its keyring, its people and KYBIO, by its kind. */
export async function canariesOf(
  { electron, folder }: OpenApp,
  store: PracticeStore,
  recoveryCode: string,
): Promise<readonly Canary[]> {
  const vault = JSON.parse(readFileSync(join(folder, 'live', 'vault.json'), 'utf8')) as {
    readonly sealed: Readonly<Record<string, string>>;
  };
  const opened = await electron.evaluate(async ({ safeStorage }, sealed) => {
    const open = safeStorage as unknown as {
      decryptStringAsync(bytes: Buffer): Promise<{ readonly result: string }>;
    };
    const texts: Record<string, string> = {};
    for (const [name, text] of Object.entries(sealed))
      texts[name] = (await open.decryptStringAsync(Buffer.from(text, 'base64'))).result;
    return texts;
  }, vault.sealed);
  const calls = store.calls().filter(({ method }) => method === 'updateBalancePointByIncrement');
  const key = (name: string) => Buffer.from(opened[name] ?? '', 'base64');
  return [
    { kind: 'the appKey', secret: store.appKey },
    { kind: 'the recovery code', secret: recoveryCode },
    ...Object.entries(typed).map(([kind, secret]) => ({ kind, secret })),
    { kind: 'the journal key', secret: key('journalKey') },
    { kind: 'the pepper', secret: key('pinPepper') },
    ...calls.map(({ headers }) => ({ kind: 'a signature', secret: headers['data-signature'] ?? '' })),
    ...calls.map(({ body }) => ({ kind: 'a body', secret: body })),
    ...[meiLing, limWei].map(({ phone }) => ({ kind: 'a phone', secret: phone })),
  ];
}
