import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result, Snapshot } from '../../../preload/contract/index.ts';
import { LOCK_FILE, takeProcessLock } from '../../kernel/database/process-lock.ts';
import type { View } from '../../kernel/database/views.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import { checkPages } from '../../safety/index.ts';
import { type Answer, answerOf } from './answer.ts';
import { isNoted, readMark } from './mark.ts';

/** A till that is open and stands still. */
export interface TriedTill {
  readonly journalLost: boolean;
  readonly journalProblem: Snapshot['journalProblem'];
  close(graceMs: number): Promise<void>;
}

export interface TrialParts<T extends TriedTill> {
  /** The data folder. */
  readonly folder: string;
  /** Of this program. */
  readonly version: string;
  /** Those that this program makes of the journal. */
  readonly views: readonly View[];
  /** Opens the till and starts nothing of it; null where none is set up. */
  readonly open: () => Promise<Result<T | null>>;
  /** Shows it where nobody sees it; null where the page has drawn it, else what happened. */
  readonly draw: (till: T) => Promise<string | null>;
}

/** Whoever starts it by hand has nothing to come back to. */
function isMeant(folder: string, version: string): boolean {
  const mark = readMark(folder);
  return mark !== null && mark !== 'unreadable' && mark.to === version && isNoted(folder, 'onlyTried');
}

/** What speaks against a till that is open and stands still. */
async function problemsOfOpen<T extends TriedTill>(
  till: T,
  draw: TrialParts<T>['draw'],
): Promise<readonly string[]> {
  const { journalLost, journalProblem } = till;
  const found = [
    ...(journalLost ? ['till: its keys are not at hand'] : []),
    ...(journalProblem === null ? [] : [`journal: ${journalProblem}`]),
  ];
  if (found.length > 0) return found;
  const drawn = await draw(till);
  return drawn === null ? [] : [`page: ${drawn}`];
}

async function problemsOf<T extends TriedTill>({
  folder,
  views,
  open,
  draw,
}: TrialParts<T>): Promise<readonly string[]> {
  const file = databaseFile(liveFolder(folder));
  const opened = await open();
  if (!opened.ok) return [`till: ${opened.error.code}`];
  if (opened.value === null) return ['till: it is not set up'];
  try {
    const pages = existsSync(file) ? checkPages(file, views) : null;
    return pages === null ? await problemsOfOpen(opened.value, draw) : [`till: ${pages.code}`];
  } finally {
    await opened.value.close(0);
  }
}

/**
 * `--trial=FOLDER`: this program on a till's own data, before it takes the old one's place. The database is migrated, the
 * journal followed, the keys fetched and the till drawn. No room of it is started: nothing is taken, sent, backed up or
 * asked of anybody. What it has written is put back by the program that started it, unless it says that it is ready.
 */
export const tryHere = <T extends TriedTill>(parts: TrialParts<T>): Promise<Answer> =>
  answerOf(parts.version, async () => {
    const { folder, version } = parts;
    if (!isMeant(folder, version))
      return ['nothing was put aside for a trial of this version; nothing was done'];
    const lock = takeProcessLock(join(folder, LOCK_FILE));
    if (!lock.ok) return [`lock: ${lock.error.code}`];
    try {
      return await problemsOf(parts);
    } finally {
      lock.value.release();
    }
  });
