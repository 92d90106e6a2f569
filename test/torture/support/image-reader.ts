import { hash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { databaseFile, liveFolder, openLiveSession } from '../../../main/compose.ts';
import { createMemoryVault } from '../../../main/credentials/vault.ts';
import { realClock, realRandom } from '../../support/practice-store.ts';
import { silentLogger } from '../../support/till.ts';
import { createImageFolder } from './image-folder.ts';
import { type Inspection, inspect, keeperOf, lostOf } from './inspect.ts';
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

/**
 * SQLite opens every image and recovers it. Most differ only in bytes that recovery passes over, so every
 * page as the database then sees it, and the head's files, decide whether the image was checked before.
 */
export function createImageReader(scratch: string, appKey: string): ImageReader {
  const images = createImageFolder(join(scratch, 'images'));
  const copy = join(scratch, 'copy');
  const known = new Map<string, Inspection>();

  const inspectCopy = (files: Files): Inspection => {
    layOut(copy, files);
    const live = liveFolder(copy);
    return inDatabase(databaseFile(live), (db) =>
      inspect(db, keeperOf(db, live, join(copy, 'copy', 'live')), true),
    );
  };

  const look = (files: Files): Inspection => {
    images.become(files);
    const state = `${pagesOf(databaseFile(liveFolder(images.folder)))} ${headsOf(files)}`;
    const found = known.get(state) ?? inspectCopy(files);
    known.set(state, found);
    return found;
  };

  return {
    look: async (files, acknowledged, whole) => {
      try {
        const found = look(files);
        const problems = [...found.problems, ...lostOf(acknowledged, found)];
        if (!whole) return problems;
        layOut(copy, files);
        return [...problems, ...(await startTill(copy, appKey, acknowledged))];
      } catch (thrown) {
        return [String(thrown)];
      }
    },
    states: () => known.size,
    close: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

/** Every page, recovered from the log, as one number. Nothing is written: a reader cannot checkpoint. */
function pagesOf(file: string): string {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return hash('sha256', db.serialize(), 'base64');
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
