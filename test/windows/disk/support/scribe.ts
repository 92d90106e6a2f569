import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabaseReadOnly } from '../../../../main/kernel/database/open.ts';
import { createSettings } from '../../../../main/kernel/database/settings-repository.ts';
import { systemRandom } from '../../../../main/kernel/system.ts';
import { createHeadSlots } from '../../../../main/ledger/journal/head.ts';
import { readQueue } from '../../../../main/paper/receipts/print-queue.ts';
import { openStoredState } from '../../../../main/updates/stored-state.ts';

export const scribesKey = Buffer.alloc(32, 9);
export const QUEUE = 'receipts.queue';
export const headOf = (count: number) => ({ chain: 1, count, mac: 'a'.repeat(32) });
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const parts = { random: systemRandom, logger: silent };

export const placesIn = (folder: string) => ({
  database: join(folder, 'counterfoil.db'),
  heads: join(folder, 'heads'),
  updates: join(folder, 'updates'),
  backups: join(folder, 'backups'),
});

const told = (lines: readonly string[], what: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));

/** A print queue remembers so many. */
const MOST_JOBS = 100;

/** What is not there of all that the scribe said it had written, in words. */
export function missingOf(folder: string, lines: readonly string[]): readonly string[] {
  const places = placesIn(folder);
  const problems = lines.filter((line) => line.startsWith('!')).map((line) => `said: ${line}`);
  const newest = (what: string) => Math.max(0, ...told(lines, what).map(Number));
  const head = createHeadSlots(places.heads, scribesKey).read()?.count ?? 0;
  if (head < newest('head')) problems.push(`head ${head} of ${newest('head')}`);
  const update = openStoredState({ ...parts, folder: places.updates }).now().newestIssuedAtMs;
  if (update < newest('update')) problems.push(`update ${update} of ${newest('update')}`);
  problems.push(...missingReceipts(places.database, told(lines, 'receipt')));
  for (const name of told(lines, 'backup')) {
    const opened = existsSync(join(places.backups, name))
      ? openDatabaseReadOnly(join(places.backups, name))
      : null;
    if (opened === null || !opened.ok) {
      problems.push(`backup ${name}: ${opened === null ? 'gone' : opened.error.code}`);
      continue;
    }
    const pages = String(opened.value.pragma('integrity_check(1)', { simple: true }));
    if (pages !== 'ok') problems.push(`backup ${name}: ${pages}`);
    opened.value.close();
  }
  return problems;
}

function missingReceipts(database: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const opened = openDatabaseReadOnly(database);
  if (!opened.ok) return [`receipts: ${opened.error.code}`];
  const { jobs } = readQueue(createSettings(opened.value).get(QUEUE));
  opened.value.close();
  const kept = new Set(jobs.map(({ id }) => id));
  return ids
    .slice(-MOST_JOBS / 2)
    .filter((id) => !kept.has(id))
    .map((id) => `receipt ${id}`);
}

/** What is left of a write that did not come to its end lies beside it, and the next one clears it away. */
export const leftIn = (folder: string): readonly string[] =>
  existsSync(placesIn(folder).backups)
    ? readdirSync(placesIn(folder).backups).filter((name) => !name.endsWith('.backup'))
    : [];
