// `npm run tour`: the whole story in the practice store. A top-up, the plug out, three more, the plug
// in, and all of them there once. Saves the README's pictures and prints what happened, told by the
// practice store's own ledger beside what the till showed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { Refusal, root, runMain, say } from './lib/common.mjs';
import { hasDisplay, launchDescription } from './lib/runtime.mjs';
import { runForeground, withSession } from './lib/session.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

const pictures = join(root, 'docs', 'images');
const size = { width: 1280, height: 800 };

const ledgerOf = (folder) =>
  readFileSync(join(folder, 'practice', 'ledger.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === 'increment').length;

/** What the screen and the ledger say after a step. */
async function lookAt(page, folder, step) {
  const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row');
  const count = (word) => rows.filter({ has: page.getByText(word, { exact: true }) }).count();
  return {
    step,
    'the till says': ((await page.getByRole('status').first().textContent()) ?? '').replace(/\s+/g, ' '),
    waiting: (await count('Waiting')) + (await count('Sending')),
    done: await count('Done'),
    'applied at KYBIO': ledgerOf(folder),
  };
}

async function topUp(page, member, amount, points) {
  await page.getByRole('textbox', { name: 'Member' }).fill(member);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Member' }).getByText('S$').first().waitFor();
  await page.getByRole('textbox', { name: 'Top-up amount' }).fill(amount);
  if (points) await page.getByRole('textbox', { name: 'Points' }).fill(points);
}

const confirm = (page) => page.getByRole('button', { name: /^Confirm/ }).click();

async function rowsWith(page, word, wanted) {
  const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row').filter({ hasText: word });
  await rows.nth(wanted - 1).waitFor();
}

async function shoot(page, name) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(pictures, `${name}-${scheme}.png`), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

async function story(page, folder) {
  const steps = [];
  const note = async (step) => void steps.push(await lookAt(page, folder, step));
  await page.getByRole('button', { name: 'Open the practice store' }).waitFor();
  await shoot(page, 'first-start');
  await page.getByRole('button', { name: 'Open the practice store' }).click();
  await page.getByRole('textbox', { name: 'Member' }).waitFor();
  await page.getByRole('status').filter({ hasText: 'Online' }).first().waitFor();

  await topUp(page, '8008010001', '50', '50');
  await shoot(page, 'till-online');
  await confirm(page);
  await rowsWith(page, 'Done', 1);
  await note('a top-up of S$50.00 and 50 points');

  await page.getByRole('switch', { name: /Network plug/ }).press('Space');
  for (const [index, [member, amount, points]] of [
    ['8008010002', '20', '20'],
    ['8008010003', '30', ''],
    ['8008010005', '100', '100'],
  ].entries()) {
    await topUp(page, member, amount, points);
    if (index === 2) await shoot(page, 'till-offline');
    await confirm(page);
    await rowsWith(page, /Waiting|Sending/, index + 1);
  }
  await note('plug out, three more');
  await page.getByRole('switch', { name: /Network plug/ }).press('Space');
  await rowsWith(page, 'Done', 4);
  await page.getByRole('status').filter({ hasText: 'all sent' }).first().waitFor();
  await note('plug in');
  await shoot(page, 'till-sent');

  await page.getByRole('switch', { name: /Lose the next reply/ }).press('Space');
  await topUp(page, '8008010004', '10', '');
  await confirm(page);
  await rowsWith(page, 'Checking', 1);
  await page.getByRole('status').filter({ hasText: 'Online' }).first().waitFor();
  await note('a reply lost on the way: never sent again');
  await shoot(page, 'till-checking');
  return steps;
}

async function tour() {
  mkdirSync(pictures, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-tour-'));
  const { executable, args, env } = await launchDescription();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...args, `--user-data-dir=${folder}`, '--force-device-scale-factor=1'],
    env: { ...process.env, ...env },
  });
  try {
    const page = await app.firstWindow();
    await app.evaluate(
      ({ BrowserWindow }, { width, height }) =>
        BrowserWindow.getAllWindows()[0].setContentSize(width, height),
      size,
    );
    const steps = await story(page, folder);
    console.table(steps);
    const last = steps.at(-1);
    if (last['applied at KYBIO'] !== 5) throw new Refusal(`5 were made, ${last['applied at KYBIO']} applied`);
    console.log('5 made, 5 applied once each. The pictures are in docs/images.');
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

await runMain(async () => {
  if (process.env['COUNTERFOIL_TOUR'] === '1') return tour();
  say('building');
  const options = { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' };
  if (spawnSync('electron-vite', ['build', '--logLevel', 'warn'], options).status !== 0) {
    throw new Refusal('the build failed');
  }
  const display = process.platform === 'linux' && !hasDisplay();
  ensureSystemPackages(['libraries', 'fonts', ...(display ? ['display'] : [])]);
  return withSession({ display, keyring: false, home: false }, (env) =>
    runForeground(process.execPath, [join(root, 'scripts', 'tour.mjs')], { ...env, COUNTERFOIL_TOUR: '1' }),
  );
});
