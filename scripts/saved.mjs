// `npm run saved`: how long a cashier waits from the press to "Saved" on the screen, in the real window with the
// practice store. Prints the median and the 95th percentile; `-- --presses=N` makes that many top-ups, `--json` prints
// each wait in milliseconds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron } from 'playwright-core';
import { runBesideBuilt } from './lib/built.mjs';
import { Refusal, runMain } from './lib/common.mjs';
import { launchDescription } from './lib/runtime.mjs';

const { values } = parseArgs({
  options: { presses: { type: 'string', default: '200' }, json: { type: 'boolean', default: false } },
});

/** Not counted: the first ones compile what the others run. */
const warmUp = 10;

const numbers = ['8008010001', '8008010002', '8008010003', '8008010004', '8008010005'];

/** In the page: from each Enter's own time-stamp to the frame after the new ticket is in the document. */
function watchPage() {
  const waits = [];
  let pressedAtMs = null;
  let shown = '';
  const ticket = () => document.querySelector('[data-saved]')?.getAttribute('data-saved') ?? '';
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' || event.target?.dataset?.scan === 'member') return;
      pressedAtMs = event.timeStamp;
      shown = ticket();
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (pressedAtMs === null || ticket() === shown) return;
    const from = pressedAtMs;
    pressedAtMs = null;
    // The first task after a frame's own work: what it drew is on its way to the screen.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => waits.push(performance.now() - from);
      port2.postMessage(null);
    });
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-saved'],
  });
  window.savedWaits = waits;
}

async function press(page, index) {
  await page.getByRole('textbox', { name: 'Member', exact: true }).fill(numbers[index % numbers.length]);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Member', exact: true }).getByText('S$').first().waitFor();
  await page.getByRole('textbox', { name: 'Top-up amount' }).fill(`${1 + (index % 90)}.${10 + (index % 89)}`);
  await page.getByRole('button', { name: 'Card', exact: true }).click();
  await page.getByRole('textbox', { name: 'Top-up amount' }).focus();
  await page.getByRole('button', { name: /^Confirm: Top up/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => window.savedWaits.length > count, index);
}

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-saved-'));
  const { executable, args, env } = await launchDescription();
  const app = await _electron.launch({
    executablePath: executable,
    args: [...args, `--user-data-dir=${folder}`],
    env: { ...process.env, ...env },
  });
  try {
    const page = await app.firstWindow();
    await page.getByRole('button', { name: 'Open the practice store' }).click();
    await page.getByRole('textbox', { name: 'Member', exact: true }).waitFor();
    await page.evaluate(watchPage);
    const count = warmUp + Number(values.presses);
    for (let index = 0; index < count; index += 1) await press(page, index);
    const waits = (await page.evaluate(() => window.savedWaits)).slice(warmUp);
    const sorted = waits.toSorted((left, right) => left - right);
    const figures = {
      presses: sorted.length,
      p50Ms: percentile(sorted, 0.5),
      p95Ms: percentile(sorted, 0.95),
    };
    process.stdout.write(
      values.json
        ? `${JSON.stringify(waits)}\n`
        : `press to "Saved" painted, ${figures.presses} presses: p50 ${figures.p50Ms.toFixed(1)} ms, p95 ${figures.p95Ms.toFixed(1)} ms, longest ${sorted.at(-1).toFixed(1)} ms\n`,
    );
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

await runMain(async () => {
  if (!/^\d+$/.test(values.presses)) throw new Refusal('usage: npm run saved [-- --presses=N] [--json]');
  if (process.env['COUNTERFOIL_SAVED'] === '1') return measure();
  const args = [`--presses=${values.presses}`, ...(values.json ? ['--json'] : [])];
  return runBesideBuilt('saved.mjs', args, { COUNTERFOIL_SAVED: '1' });
});
