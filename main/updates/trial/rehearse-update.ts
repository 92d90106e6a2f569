import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../../../preload/contract/index.ts';
import { copyOfFile } from '../../kernel/database/online-copy.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { Offer } from '../evaluate-release.ts';
import { isWhatWasSigned } from '../file-hash.ts';
import type { Prepared } from '../installer.ts';
import { type Answer, answerOf, ofRehearsal } from './answer.ts';
import { type DataPlaces, filesOf, isOfDatabase, placeOf } from './copy-for-rollback.ts';
import { isUnderWay } from './mark.ts';
import { type Candidate, type TryParts, tryProgram } from './try-program.ts';

/** Protects the real data folder from a mistyped argument: only a folder with this file is used and deleted. */
const MARK = 'made-for-a-rehearsal';

/** The copy, and what a migration adds. */
const COPIES = 3;

export const copyIn = (folder: string): DataPlaces => ({ folder, headCopyFolder: join(folder, 'heads') });

export const isMadeForRehearsal = (folder: string): boolean =>
  existsSync(join(folder, MARK)) && !existsSync(join(folder, 'till.lock'));

/**
 * Copies what verifying the live till's records needs: checkpoints, sealed secrets, and a consistent database, also
 * of an open till. Checkpoints come first: a database may be ahead of its checkpoint, never behind.
 */
export async function copyForRehearsal(data: DataPlaces, to: string): Promise<void> {
  const copy = copyIn(to);
  await mkdir(liveFolder(to), { recursive: true, mode: 0o700 });
  await writeFile(join(to, MARK), '', { mode: 0o600 });
  const live = databaseFile(liveFolder(data.folder));
  if (!existsSync(live)) return;
  for (const { place, name, path } of filesOf(data, ['live', 'live-heads'])) {
    if (isOfDatabase(name) || !existsSync(path)) continue;
    const target = join(placeOf(copy, place), name);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await whileRefused(() => copyFile(path, target));
  }
  await copyOfFile(live, databaseFile(liveFolder(to)));
}

/** Works on a copy, so a till may be open on the data. */
function rehearseOnCopy(parts: TryParts, scratch: string, candidate: Candidate) {
  const copy = join(scratch, 'data');
  return tryProgram(parts, candidate, {
    how: `--rehearse=${copy}`,
    copies: COPIES,
    copy: () => copyForRehearsal(parts, copy),
    scratch,
    verdicts: ofRehearsal,
  });
}

/**
 * Runs the prepared version on a copy of the till's data. A package that cannot run before it is in place is
 * not rehearsed. Errors: those of `tryProgram`.
 */
export const createRehearsal =
  (parts: TryParts) =>
  async (
    { version, file }: Offer,
    { program }: Pick<Prepared, 'program'>,
  ): Promise<Result<Record<string, never>>> => {
    if (program === undefined) {
      parts.logger.info('update.not-rehearsed', { version, kind: file.kind });
      return ok({});
    }
    // Windows' versions verify their own list of files at each start.
    const isWhole = file.kind === 'appimage' ? { isWhole: () => isWhatWasSigned(program, file) } : {};
    return rehearseOnCopy(parts, join(parts.folder, 'rehearsal'), { version, program, ...isWhole });
  };

/**
 * `--prove`: whether this program, about to be installed by hand, can open the till's data. Works on a copy
 * and needs neither the lock nor the window of an open till; trivially true without a live till.
 */
export const prove = (
  parts: TryParts,
  { version, program }: Pick<Candidate, 'version' | 'program'>,
): Promise<Answer> =>
  answerOf(version, async () => {
    const { folder } = parts;
    // A trial is unfinished: roll back, or let the next version continue.
    if (isUnderWay(folder, version)) return ['update-cut-off'];
    if (!existsSync(databaseFile(liveFolder(folder)))) return [];
    const rehearsed = await rehearseOnCopy(parts, join(folder, 'proof'), { version, program });
    if (rehearsed.ok) return [];
    const { code, details } = rehearsed.error;
    const words = [code, details?.['reason'], details?.['what']];
    return [words.filter((word) => word !== undefined && word !== '').join(': ')];
  });
