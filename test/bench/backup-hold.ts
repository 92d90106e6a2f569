// For how long the making of a backup holds the main thread, over an outbox of some size.
//
//   node test/bench/backup-hold.ts 20000 300000
//
// The till is open on a real disk. One backup is made and looked at, and sealed into a second place, while a loop counts
// the longest that it was not let in: beside nothing else first, which says what the machine does by itself.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupName } from '../../main/backups/backup-name.ts';
import { checkDatabase, takeBackup } from '../../main/backups/take-backup.ts';
import { databaseFile, practiceFolder } from '../../main/folders.ts';
import { createWorkerIntegrity } from '../../main/integrity/worker-integrity.ts';
import { makeLock } from '../../main/sealing/lock.ts';
import { hashOfFile, sealFile } from '../../main/sealing/sealed-file.ts';
import { realRandom } from '../kit/practice-store.ts';
import { openFilledTill, silent } from './filled-till.ts';

const worker = join(import.meta.dirname, '../../main/integrity/integrity-worker.ts');

interface Held {
  readonly tookMs: number;
  /** The longest that the main thread let nothing else in, and the most work of its own that it did meanwhile. */
  readonly mostMs: number;
  readonly mostCpuMs: number;
}

async function held(work: () => Promise<unknown>): Promise<Held> {
  let [isOver, mostMs, mostCpuMs] = [false, 0, 0];
  let [lastMs, last] = [performance.now(), process.threadCpuUsage()];
  const beganMs = lastMs;
  const watch = () => {
    const [nowMs, { user, system }] = [performance.now(), process.threadCpuUsage(last)];
    mostMs = Math.max(mostMs, nowMs - lastMs);
    mostCpuMs = Math.max(mostCpuMs, (user + system) / 1_000);
    [lastMs, last] = [nowMs, process.threadCpuUsage()];
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  await work();
  isOver = true;
  return { tookMs: performance.now() - beganMs, mostMs, mostCpuMs };
}

async function measure(entries: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'backup-hold-'));
  const { session } = await openFilledTill(folder, entries);
  const file = databaseFile(practiceFolder(folder));
  const integrity = createWorkerIntegrity(worker, silent);
  const lock = await makeLock('seven kopi peng at noon', realRandom);
  const head = session.core.journal?.head() ?? { chain: 0, count: 0 };
  const name = backupName(Date.now(), 'hourly');
  const backups = join(folder, 'backups');
  const here = () =>
    takeBackup({
      ...{ folder: backups, name },
      write: (to) => integrity.copy(file, to),
      check: (copy) => checkDatabase(integrity, copy, null, head),
    });
  const there = async () => {
    await sealFile(join(backups, name), join(folder, 'sealed'), lock, realRandom);
    await hashOfFile(join(folder, 'sealed'));
  };
  const say = (what: string, { tookMs, mostMs, mostCpuMs }: Held) =>
    console.log(
      `  ${what}: ${Math.round(tookMs)} ms, the main thread held for ${mostMs.toFixed(1)} ms at most (${mostCpuMs.toFixed(1)} ms of work)`,
    );
  console.log(`${entries} entries, ${Math.round(statSync(file).size / 1_000_000)} MB:`);
  say('nothing', await held(() => new Promise((resolve) => setTimeout(resolve, 2_000))));
  say('a backup here', await held(here));
  say('sealed there', await held(there));
  await session.close(0);
  rmSync(folder, { recursive: true, force: true });
}

for (const entries of process.argv.slice(2).map(Number)) await measure(entries);
