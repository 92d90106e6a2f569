import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result, Snapshot } from '../../../preload/contract/index.ts';
import { LOCK_FILE, takeProcessLock } from '../../kernel/database/process-lock.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import { checkPages } from '../../safety/index.ts';
import { type Answer, answerOf } from './answer.ts';
import { isNoted, readMark } from './mark.ts';

/** An open till with nothing started. */
export interface TriedTill {
  readonly journalLost: boolean;
  readonly journalProblem: Snapshot['journalProblem'];
  close(graceMs: number): Promise<void>;
}

export interface TrialParts<T extends TriedTill> {
  readonly folder: string;
  /** This program's. */
  readonly version: string;
  /** Opens the till without starting it; null where none is set up. */
  readonly open: () => Promise<Result<T | null>>;
  /** Renders it in a hidden window; null where the page was drawn, otherwise what happened. */
  readonly draw: (till: T) => Promise<string | null>;
}

/** Started by hand it would have no snapshot to roll back to. */
function isMeant(folder: string, version: string): boolean {
  const mark = readMark(folder);
  return mark !== null && mark !== 'unreadable' && mark.to === version && isNoted(folder, 'onlyTried');
}

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
  open,
  draw,
}: TrialParts<T>): Promise<readonly string[]> {
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

/**
 * `--trial=FOLDER`: runs this program on a till's own data before it replaces the old one. It migrates,
 * catches up with the journal, reads the keys and renders the till; it starts no room, so nothing is sent,
 * backed up or asked. The caller rolls back unless this reports ready.
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
