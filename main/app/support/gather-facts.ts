import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { POLICY_KEY, readConfig } from '../../hosts/index.ts';
import { openDatabaseReadOnly } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { createSettings } from '../../kernel/database/settings-repository.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../kernel/folders.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { PlaceProblem } from './data-place.ts';

/** Facts of the program and its machine. */
export interface HostFacts {
  readonly program: Readonly<Record<string, string | boolean>>;
  readonly system: Readonly<Record<string, unknown>>;
  /** Proxies for an address: host and port, never credentials. */
  proxyFor(address: string): Promise<string>;
  /** The source of trusted certificates. */
  authorities(): string;
  /** Removed from every path. */
  readonly home: string;
}

export interface FactsParts {
  readonly folder: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly host: HostFacts;
  readonly place: PlaceProblem | null;
  /** Null for a command. */
  readonly shown: Snapshot | null;
  /** A command's full verification; null in a window, which it would block. */
  readonly verification: object | null;
}

/** An error becomes a fact: the rest may be all that helps. */
async function orWhy<T>(read: () => Promise<T> | T): Promise<T | { readonly failed: string }> {
  try {
    return await read();
  } catch (thrown) {
    return { failed: (thrown as NodeJS.ErrnoException).code ?? 'unknown' };
  }
}

interface FileFacts {
  readonly bytes: number;
  readonly changed: string;
}

/** Names and sizes only. */
async function filesOf(folder: string, below = ''): Promise<Record<string, FileFacts>> {
  const found: Record<string, FileFacts> = {};
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!entry.isFile()) continue;
    const { size, mtime } = await stat(join(folder, name));
    found[name] = { bytes: size, changed: mtime.toISOString() };
  }
  return found;
}

async function dataFacts({ folder, place, host }: FactsParts) {
  const shownFolder = folder.replace(host.home, '~');
  const files = await orWhy(async () => ({
    ...(await filesOf(folder)),
    ...(await orWhy(() => filesOf(folder, 'live'))),
  }));
  const disk = await orWhy(async () => {
    const { bavail, blocks, bsize, type } = await statfs(folder);
    return { freeMegabytes: megabytes(bavail * bsize), ofMegabytes: megabytes(blocks * bsize), type };
  });
  return { folder: shownFolder, place: place ?? 'good', disk, files };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

/** Read beside a working till. */
function recordFacts(file: string) {
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return { opens: false, problem: opened.error.code, ...opened.error.details };
  const db = opened.value;
  try {
    const settings = createSettings(db);
    const config = readConfig(settings);
    const kept = config.ok ? config.value : { problem: config.error.code };
    return {
      opens: true,
      format: db.pragma('user_version', { simple: true }),
      sqlite: db.prepare('SELECT sqlite_version()').pluck().get(),
      journalMode: db.pragma('journal_mode', { simple: true }),
      till: kept,
      settings: readJson(settings.get(POLICY_KEY)),
    };
  } finally {
    db.close();
  }
}

/** Without entries and lost entries, which name members, and without practice members. */
function shownFacts({ activity, practice, restored, ...others }: Snapshot) {
  const verdict = others.journalProblem ?? (others.mode === 'broken' ? 'not read' : 'no problem found');
  const told = restored === null ? null : { ...restored, entries: restored.entries.length };
  return {
    ...others,
    restored: told,
    entriesInList: activity.length,
    isPractice: practice !== null,
    journal: verdict,
  };
}

function clockFacts({ clock, shown }: FactsParts) {
  const now = new Date(clock.nowMs());
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    now: now.toISOString(),
    timeZone,
    minutesFromUtc: -now.getTimezoneOffset(),
    aheadOfHostMs: shown === null ? null : shown.link.clockSkewMs,
  };
}

/** Facts for support. Never fails. */
export async function gatherFacts(parts: FactsParts): Promise<Record<string, unknown>> {
  const { folder, host, shown, verification } = parts;
  const live = databaseFile(liveFolder(folder));
  const isPractice = shown?.mode === 'practice';
  const records = await orWhy(() => recordFacts(isPractice ? databaseFile(practiceFolder(folder)) : live));
  const address =
    'till' in records && records.till !== null ? (records.till as { host?: string }).host : null;
  return {
    made: clockFacts(parts),
    program: host.program,
    system: host.system,
    proxy: await orWhy(() => host.proxyFor(address ?? 'https://kybio.example')),
    authorities: await orWhy(() => host.authorities()),
    data: await dataFacts(parts),
    records,
    verification: verification ?? 'not asked for; the program’s command --verify does it',
    shown: shown === null ? 'no window' : shownFacts(shown),
  };
}
