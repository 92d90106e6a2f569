// `npm run tour`: the whole story in the practice store. A top-up, the plug out, three more, the plug
// in, and all of them there once; a lost reply and a refusal told as such. Saves the README's pictures and prints
// what happened, told by the practice store's own ledger beside what the till showed. `-- --all` also takes those
// of the manager's manual and the handbook, from the tests that show these screens. What the handbook shows is pictured in Chinese
// as well, for its Chinese pages.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { runBesideBuilt } from './lib/built.mjs';
import { Refusal, ran, root, runMain, say } from './lib/common.mjs';
import { launchDescription } from './lib/runtime.mjs';
import {
  appliedIn,
  disableMeanwhile,
  firstMinute,
  lookAt,
  lostReply,
  plugOutAndIn,
  touchLook,
} from './lib/tour-story.mjs';

async function openTill(folder) {
  const { executable, args, env } = await launchDescription();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...args, `--user-data-dir=${folder}`, '--force-device-scale-factor=1'],
    env: { ...process.env, ...env },
  });
  return { app, page: await app.firstWindow(), folder };
}

async function tour() {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-tour-'));
  let open = await openTill(folder);
  try {
    const steps = [];
    const note = async (step, seen = open) => void steps.push(await lookAt(seen, step));
    await firstMinute(open, note);
    await plugOutAndIn(open, note);
    await lostReply(open, note);
    const reopen = async () => {
      open = await openTill(folder);
      return open;
    };
    await disableMeanwhile(open, reopen, note);
    await touchLook(open);
    console.table(steps);
    const applied = appliedIn(folder);
    if (applied !== 5) throw new Refusal(`5 were made, ${applied} applied`);
    console.log('5 made, 5 applied once each, one refused. The pictures are in docs/images.');
  } finally {
    await open.app.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

/** What the manual and the handbook show, as the tests have pictured it. */
const manual = {
  'needs-review-light': 'review',
  'settings-light': 'settings',
  'check-up-light': 'check-up-done',
  'rules-light': 'rules',
  'people-light': 'people',
  'who-is-there-light': 'people-locked',
  'receipts-light': 'receipts',
  'receipt-light': 'receipt',
  'find-light': 'find',
  'member-light': 'find-member',
  'count-light': 'shift-count',
  'day-report-light': 'shift-z',
  'matching-light': 'matching-piles',
  'owner-light': 'owner-page',
  'reverse-light': 'handbook-reverse',
  'reversed-light': 'handbook-reversed',
  'keyboard-light': 'handbook-keyboard',
  'recovery-code-light': 'handbook-recovery-code',
  'backups-light': 'settings-backups',
  'chain-sign-light': 'chain-sign-shown',
  'chain-settings-light': 'chain-settings',
  'chain-tills-light': 'owner-page-chain',
};

function pictureManual() {
  say('picturing what the manual shows');
  const folder = join(root, 'test', 'electron');
  const wanted = new RegExp(`look(?:AtPage)?\\(\\w+, '(${Object.values(manual).join('|')})'\\)`);
  const images = join(root, 'docs', 'images');
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((file) => wanted.test(readFileSync(file, 'utf8')));
  // Some of them are in no quick run.
  const projects = ['electron', 'electron-wide', 'electron-deep'].flatMap((name) => ['--project', name]);
  const session = ['scripts/session.mjs', 'vitest', 'run', ...projects, ...tests];
  const env = { ...process.env, COUNTERFOIL_TOUR: '1' };
  if (!ran(process.execPath, session, { cwd: root, env }))
    throw new Refusal('the tests that picture it failed');
  const taken = join(root, 'test-results', 'screens');
  for (const [name, screen] of Object.entries(manual)) {
    copyFileSync(join(taken, `${screen}-tour.png`), join(images, `${name}.png`));
    copyFileSync(join(taken, `${screen}-tour-zh.png`), join(images, 'zh', `${name}.png`));
  }
}

await runMain(async () => {
  if (process.env['COUNTERFOIL_TOUR'] === '1') return tour();
  const told = await runBesideBuilt('tour.mjs', [], { COUNTERFOIL_TOUR: '1' });
  if (told === 0 && process.argv.includes('--all')) pictureManual();
  return told;
});
