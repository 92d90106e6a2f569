import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { shimFile } from './build.ts';
import { createDisk, type Fate } from './disk.ts';
import { createImageReader } from './image-reader.ts';
import type { Orders } from './orders.ts';
import { startChild } from './process.ts';
import type { TillFolder } from './till-folder.ts';
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
  /** How many differed in what the database or its head says: each of those was checked row by row. */
  states: number;
  acknowledged: number;
  readonly problems: string[];
}

export const noCuts = (): PowerCutFigures => ({
  images: 0,
  fates: { kept: 0, dropped: 0, torn: 0 },
  wholeTills: 0,
  states: 0,
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
  const reader = createImageReader(scratch, recording.appKey);
  const acksFile = join(recording.folder, 'acks');
  const before = recording.start.get(acksFile)?.toString('utf8') ?? '';
  const acknowledged = before.split('\n').filter((line) => line !== '');
  const already = acknowledged.length;
  const seen = new Set<string>();
  for (const [index, operation] of recording.operations.entries()) {
    if (operation.path === acksFile) {
      if (operation.kind === 'write') acknowledged.push(operation.data.toString('utf8').trim());
      continue;
    }
    disk.apply(operation);
    if (index % every !== 0 || !goOn()) continue;
    const fates: Fate[] = ['dropped', 'kept', ...Array.from({ length: tornAPrefix }, () => 'torn' as const)];
    for (const fate of fates) {
      const image = disk.image(fate, unit);
      if (seen.has(image.identity)) continue;
      seen.add(image.identity);
      figures.images += 1;
      figures.fates[fate] += 1;
      const whole = figures.images % wholeEvery === 0;
      const files = filesBelow(recording.folder, image.files);
      const found = await reader.look(files, acknowledged, whole);
      if (whole) figures.wholeTills += 1;
      figures.problems.push(...found.map((problem) => `${fate} after ${index}: ${problem}`));
    }
  }
  figures.acknowledged += acknowledged.length - already;
  figures.states += reader.states();
  reader.close();
}

/** By their path in the till's folder, without the list of what was acknowledged: that is the cashier's memory. */
function filesBelow(folder: string, files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  const below = new Map<string, Buffer>();
  for (const [path, bytes] of files) if (!path.endsWith('/acks')) below.set(relative(folder, path), bytes);
  return below;
}
