import { hash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { openLiveSession } from '../../../main/app/open-session.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger } from '../../kit/till.ts';
import { createImageFolder } from './image-folder.ts';
import { type Inspection, inspect, keeperOf, lost } from './inspect.ts';
import { inDatabase, journalKey } from './till-folder.ts';

type Files = ReadonlyMap<string, Buffer>;

/** Opens what a power cut left, and says in words what is wrong with it. */
export interface ImageReader {
  /** `whole` starts the till itself on it. */
  look(files: Files, acknowledged: readonly string[], whole: boolean): Promise<readonly string[]>;
  /** How many of the images differed in what the database or the head beside it says. */
  states(): number;
  close(): void;
}

const databasePath = relative('/', databaseFile(liveFolder('/')));

/**
 * SQLite opens every image and recovers it. Most differ only in bytes that recovery passes over: where the
 * database's file, how much of the log was recovered, and the head's files are the same, or else every page as
 * the database sees it, the image was checked row by row before.
 */
export function createImageReader(scratch: string, appKey: string): ImageReader {
  const images = createImageFolder(join(scratch, 'images'));
  const copy = join(scratch, 'copy');
  const byBytes = new Map<string, Inspection>();
  const byContent = new Map<string, Inspection>();
  let bytesOfDatabase = '';

  const inspectCopy = (files: Files): Inspection => {
    layOut(copy, files);
    const live = liveFolder(copy);
    return inDatabase(databaseFile(live), (db) =>
      inspect(db, keeperOf(db, live, join(copy, 'copy', 'live'))),
    );
  };

  const look = (files: Files): Inspection => {
    const changed = images.become(files);
    if (changed.has(databasePath)) bytesOfDatabase = hash('sha256', files.get(databasePath) ?? '', 'base64');
    const heads = headsOf(files);
    return opened(join(images.folder, databasePath), (db, log) => {
      const known = byBytes.get(`${bytesOfDatabase} ${log} ${heads}`);
      if (known !== undefined) return known;
      // A checkpoint that was torn is hidden by the log: other bytes, the same pages.
      const content = `${hash('sha256', db.serialize(), 'base64')} ${heads}`;
      const found = byContent.get(content) ?? inspectCopy(files);
      byBytes.set(`${bytesOfDatabase} ${log} ${heads}`, found);
      byContent.set(content, found);
      return found;
    });
  };

  return {
    look: async (files, acknowledged, whole) => {
      try {
        const found = look(files);
        const problems = [...found.problems, ...lost(acknowledged, found.entries)];
        if (!whole) return problems;
        layOut(copy, files);
        return [...problems, ...(await startTill(copy, appKey, acknowledged))];
      } catch (thrown) {
        return [String(thrown)];
      }
    },
    states: () => byContent.size,
    close: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

/** In the index that SQLite makes of a log: frames, pages, the checksum over all frames, the salt (sqlite.org/walformat.html). */
const INDEX_FROM = 16;
const INDEX_BYTES = 24;

/** SQLite recovers the log, and `work` hears how far it reaches. Nothing is written: a reader cannot checkpoint. */
function opened<T>(file: string, work: (db: Database.Database, log: string) => T): T {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    db.pragma('schema_version');
    const index = openSync(`${file}-shm`, 'r');
    const bytes = Buffer.alloc(INDEX_BYTES);
    readSync(index, bytes, 0, INDEX_BYTES, INDEX_FROM);
    closeSync(index);
    return work(db, bytes.toString('base64'));
  } finally {
    db.close();
  }
}

const headsOf = (files: Files): string =>
  [...files]
    .filter(([path]) => path.endsWith('.json'))
    .map(([path, bytes]) => `${path} ${bytes.toString('latin1')}`)
    .sort()
    .join(' ');

function layOut(folder: string, files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** The till as a whole, as it would start after the cut, with its store out of reach. */
async function startTill(folder: string, appKey: string, acknowledged: readonly string[]): Promise<string[]> {
  const errors: string[] = [];
  const secrets = { appKey, pinPepper: Buffer.alloc(32, 7), journalKey };
  const opened = await openLiveSession({
    folder,
    headCopyFolder: join(folder, 'copy'),
    clock: { ...realClock, schedule: () => () => undefined },
    random: realRandom,
    logger: { ...silentLogger, error: (event) => void errors.push(event) },
    vault: createMemoryVault(secrets, realRandom),
    changed: () => undefined,
  });
  if (!opened.ok || opened.value === null) return ['does not open as a till'];
  const {
    ledger: { outbox, transitions },
  } = opened.value;
  for (const requestId of acknowledged)
    if (outbox.byRequestId(requestId) === null) errors.push(`lost: ${requestId}`);
  transitions.recoverInterrupted();
  if (outbox.inReview().length > 0) errors.push('a crash was taken for a rollback');
  await opened.value.hosts.account.close();
  void opened.value.close(0);
  return errors;
}
