import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result, Snapshot } from '../../preload/contract/index.ts';
import type { OpenedSession } from '../compose.ts';
import { databaseFailure } from '../database/failure.ts';
import { LOCK_FILE, takeProcessLock } from '../database/process-lock.ts';
import { databaseFile, liveFolder } from '../folders.ts';
import { checkPages } from '../integrity/integrity-repository.ts';
import type { Answer } from '../rehearsal/answer.ts';
import { openSnapshot } from '../till/snapshot.ts';
import { isNoted, readMark } from './mark.ts';

export interface TrialParts {
  /** The data folder. */
  readonly folder: string;
  /** Of this program. */
  readonly version: string;
  /** Opens the till and starts nothing of it; null where none is set up. */
  readonly open: () => Promise<Result<OpenedSession | null>>;
  /** Shows this where nobody sees it; null where the page has drawn it, else what happened. */
  readonly draw: (shown: Snapshot) => Promise<string | null>;
}

/** Whoever starts it by hand has nothing to come back to. */
function isMeant({ folder, version }: TrialParts): boolean {
  const mark = readMark(folder);
  return mark !== null && mark !== 'unreadable' && mark.to === version && isNoted(folder, 'onlyTried');
}

/** What speaks against a till that is open and stands still. */
async function problemsOfOpen(session: OpenedSession, draw: TrialParts['draw']): Promise<readonly string[]> {
  const { journalLost, journalProblem } = session;
  const found = [
    ...(journalLost ? ['till: its keys are not at hand'] : []),
    ...(journalProblem === null ? [] : [`journal: ${journalProblem}`]),
  ];
  if (found.length > 0) return found;
  const drawn = await draw({ ...openSnapshot(session), closing: 0, revision: 1 });
  return drawn === null ? [] : [`page: ${drawn}`];
}

async function problemsOf({ folder, open, draw }: TrialParts): Promise<readonly string[]> {
  const file = databaseFile(liveFolder(folder));
  const opened = await open();
  if (!opened.ok) return [`till: ${opened.error.code}`];
  if (opened.value === null) return ['till: it is not set up'];
  try {
    const pages = existsSync(file) ? checkPages(file) : null;
    return pages === null ? await problemsOfOpen(opened.value, draw) : [`till: ${pages.code}`];
  } finally {
    await opened.value.close(0);
  }
}

async function problemsAt(parts: TrialParts): Promise<readonly string[]> {
  if (!isMeant(parts)) return ['nothing was put aside for a trial of this version; nothing was done'];
  const lock = takeProcessLock(join(parts.folder, LOCK_FILE));
  if (!lock.ok) return [`lock: ${lock.error.code}`];
  try {
    return await problemsOf(parts);
  } finally {
    lock.value.release();
  }
}

/**
 * `--trial=FOLDER`: this program on a till's own data, before it takes the old one's place. The database is migrated, the
 * journal followed, the keys fetched and the till drawn. No room of it is started: nothing is taken, sent, backed up or
 * asked of anybody. What it has written is put back by the program that started it, unless it says that it is ready.
 */
export async function tryHere(parts: TrialParts): Promise<Answer> {
  const { version } = parts;
  try {
    const problems = await problemsAt(parts);
    return { ok: problems.length === 0, version, problems: [...problems] };
  } catch (thrown) {
    const failure = databaseFailure(thrown);
    const words =
      failure === null ? `it broke off: ${String(thrown).slice(0, 200)}` : `till: ${failure.code}`;
    return { ok: false, version, problems: [words] };
  }
}
