import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { within } from '../../electron/security/support/app.ts';
import { ofBridge, ofMessages } from '../../electron/security/support/message-checks.ts';
import { ofPage } from '../../electron/security/support/page-checks.ts';
import { ask } from '../../electron/security/support/requests.ts';
import { listen } from '../../electron/security/support/server.ts';
import { isSafeSqlite } from '../../support/sqlite-version.ts';
import { asNobody, environmentIn, type InstalledApp } from './installed-app.ts';

/** A page under no policy asks a server in every way; the session lets nothing out. */
async function network({ page }: InstalledApp): Promise<readonly string[]> {
  const server = await listen();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Page.enable');
  await cdp.send('Page.setBypassCSP', { enabled: true });
  const loaded = page.waitForEvent('load');
  await cdp.send('Page.reload');
  await loaded;
  await ask(page, server);
  return server.heard;
}

/** Settings of the open database, by the program's own report. */
async function database({ page }: InstalledApp): Promise<readonly string[]> {
  const text = await page.evaluate(async () => {
    const report = await window.till?.supportDiagnostics({});
    return report?.ok === true ? report.value.text : '';
  });
  const [, version = ''] = /"sqlite": "([\d.]+)"/.exec(text) ?? [];
  return [
    ...(isSafeSqlite(version) ? [] : [`SQLite ${version}`]),
    ...(text.includes('"journalMode": "wal"') ? [] : ['no write-ahead log']),
  ];
}

/** What gets through to a packaged program with its practice store open, by its page. */
export async function attack(app: InstalledApp, folder: string): Promise<readonly string[]> {
  const log = () => readFileSync(join(folder, 'logs', 'till.log'), 'utf8');
  const found: string[] = [];
  for (const { number, title, breaches } of [...ofPage, ...ofBridge, ...ofMessages]) {
    const through = await within(title, breaches({ page: app.page, log, folder }));
    found.push(...through.map((what) => `${number}: ${what}`));
  }
  found.push(...(await database(app)).map((what) => `30: ${what}`));
  // Last: the page has no policy from here on.
  found.push(...(await within('the network', network(app))).map((what) => `13: ${what}`));
  return found;
}

/** Where certificates would not be checked, it does not start. */
export function expectNoStartWithoutCertificates(executable: string, home: string): void {
  const [command, args] = asNobody(executable, '--verify', '--password-store=basic');
  const env = { ...environmentIn(home), NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED')]);
}
