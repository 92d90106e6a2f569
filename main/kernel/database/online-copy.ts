import type Database from 'better-sqlite3';
import { ignoreProgress, inPercent, type OnProgress } from '../progress.ts';
import { connect } from './connect.ts';

/**
 * Copies a database of any version, which may be in use, as of one moment into a new file. The copy is one file
 * without a log, readable from read-only media. Does not check the content; throws where it cannot be read.
 */
export async function copyOfFile(
  file: string,
  to: string,
  onProgress: OnProgress = ignoreProgress,
): Promise<void> {
  const db = connect(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    // One read transaction for all steps: otherwise each write meanwhile restarts the copy.
    db.exec('BEGIN');
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    await db.backup(to, { progress: reportPages(onProgress) });
  } finally {
    db.close();
  }
  const copy = connect(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

const PAGES_AT_ONCE = 100;

function reportPages(onProgress: OnProgress): (pages: Database.BackupMetadata) => number {
  let goOn: ((more: number) => void) | null = null;
  return ({ totalPages }) => {
    goOn ??= inPercent(totalPages, onProgress);
    goOn(PAGES_AT_ONCE);
    return PAGES_AT_ONCE;
  };
}
