import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { liveFolder, openLiveSession } from '../../../main/compose.ts';
import { createMemoryVault } from '../../../main/credentials/vault.ts';
import { realClock, realRandom } from '../../support/practice-store.ts';
import { silentLogger } from '../../support/till.ts';
import { shimFile } from './build.ts';
import { createDisk, type Fate, type Image } from './disk.ts';
import { damage, keeperOf } from './inspect.ts';
import type { Orders } from './orders.ts';
import { startChild } from './process.ts';
import { inDatabase, journalKey, type TillFolder } from './till-folder.ts';
import { type Operation, readWriteLog } from './write-log.ts';

/** What one life of the till wrote, on top of what lay there before. */
export interface Recording {
  readonly folder: string;
  readonly start: ReadonlyMap<string, Buffer>;
  readonly operations: readonly Operation[];
  readonly appKey: string;
}

/** Lets a child work under the recorder until it has closed by itself. */
export async function recordLife(till: TillFolder, change: Partial<Orders>): Promise<Recording> {
  const start = filesOf(till.folder);
  const log = `${till.folder}.log`;
  const acks = join(till.folder, 'acks');
  const child = startChild(till.orders({ acks, ...change }), {
    LD_PRELOAD: shimFile,
    SHIM_DIR: till.folder,
    SHIM_LOG: log,
  });
  const { code } = await child.ended;
  if (code !== 0) throw new Error(`the recorded till ended with ${code}: ${child.lines.join(' | ')}`);
  const operations = readWriteLog(log);
  rmSync(log);
  return { folder: till.folder, start, operations, appKey: till.store.appKey };
}

const isData = (path: string): boolean => !/-shm$|till\.lock|\/control$/.test(path);

function filesOf(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = paths.filter((path) => isData(path) && statSync(path).isFile());
  return new Map(files.map((path) => [path, readFileSync(path)]));
}

export interface PowerCutFigures {
  images: number;
  readonly fates: Record<Fate, number>;
  wholeTills: number;
  acknowledged: number;
  readonly problems: string[];
}

export const noCuts = (): PowerCutFigures => ({
  images: 0,
  fates: { kept: 0, dropped: 0, torn: 0 },
  wholeTills: 0,
  acknowledged: 0,
  problems: [],
});

/** mulberry32: the same seed, the same cuts. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Cuts {
  readonly tornAPrefix: number;
  /** Only every nth prefix, where a recording is long. */
  readonly every: number;
  /** Every nth image is opened as a whole till. */
  readonly wholeEvery: number;
  readonly goOn: () => boolean;
}

/** Cuts the power after each operation, in every way, and opens what is left. */
export async function cutEverywhere(
  recording: Recording,
  scratch: string,
  unit: () => number,
  { tornAPrefix, every, wholeEvery, goOn }: Cuts,
  figures: PowerCutFigures,
): Promise<void> {
  const disk = createDisk(recording.start);
  const acksFile = join(recording.folder, 'acks');
  const before = recording.start.get(acksFile)?.toString('utf8') ?? '';
  const acknowledged = before.split('\n').filter((line) => line !== '');
  const seen = new Set<string>();
  for (const [index, operation] of recording.operations.entries()) {
    if (operation.path === acksFile) {
      if (operation.kind === 'write') acknowledged.push(operation.data.toString('utf8').trim());
      continue;
    }
    disk.apply(operation);
    if (index % every !== 0 || !goOn()) continue;
    figures.acknowledged = Math.max(figures.acknowledged, acknowledged.length);
    const fates: Fate[] = ['dropped', 'kept', ...Array.from({ length: tornAPrefix }, () => 'torn' as const)];
    for (const fate of fates) {
      const image = disk.image(fate, unit);
      if (seen.has(image.identity)) continue;
      seen.add(image.identity);
      figures.images += 1;
      figures.fates[fate] += 1;
      const whole = figures.images % wholeEvery === 0;
      const found = await lookInto(image, recording, scratch, acknowledged, whole);
      if (whole) figures.wholeTills += 1;
      figures.problems.push(...found.map((problem) => `${fate} after ${index}: ${problem}`));
    }
  }
}

async function lookInto(
  image: Image,
  recording: Recording,
  scratch: string,
  acknowledged: readonly string[],
  whole: boolean,
): Promise<readonly string[]> {
  rmSync(scratch, { recursive: true, force: true });
  for (const [path, bytes] of image.files) {
    if (path.endsWith('/acks')) continue;
    const to = join(scratch, relative(recording.folder, path));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
  try {
    if (whole) return await openWhole(recording, scratch, acknowledged);
    const folder = liveFolder(scratch);
    const copy = join(scratch, 'copy', 'live');
    return inDatabase(join(folder, 'counterfoil.db'), (db) =>
      damage(db, acknowledged, keeperOf(db, folder, copy)),
    );
  } catch (thrown) {
    return [String(thrown)];
  }
}

/** The till as a whole, as it would start after the cut, with its store out of reach. */
async function openWhole(
  { appKey }: Recording,
  folder: string,
  acknowledged: readonly string[],
): Promise<string[]> {
  const errors: string[] = [];
  const secrets = { appKey, pinPepper: Buffer.alloc(32, 7), journalKey };
  const opened = await openLiveSession({
    folder,
    headCopyFolder: join(folder, 'copy'),
    clock: { ...realClock, schedule: () => () => undefined },
    random: realRandom,
    logger: { ...silentLogger, error: (event) => void errors.push(event) },
    vault: createMemoryVault(secrets, realRandom),
    onChange: () => undefined,
  });
  if (!opened.ok || opened.value === null) return ['does not open as a till'];
  const { outbox, transitions } = opened.value;
  for (const requestId of acknowledged)
    if (outbox.byRequestId(requestId) === null) errors.push(`lost: ${requestId}`);
  transitions.recoverInterrupted();
  if (outbox.inReview().length > 0) errors.push('a crash was taken for a rollback');
  await opened.value.account.close();
  void opened.value.close(0);
  return errors;
}
