import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../../../preload/contract/index.ts';
import { copyOfFile } from '../../kernel/database/online-copy.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import { isWhatWasSigned } from '../file-hash.ts';
import type { Prepared } from '../installer.ts';
import type { Offer } from '../judge.ts';
import { type Answer, answerOf, ofRehearsal } from './answer.ts';
import { isUnderWay } from './mark.ts';
import { type DataPlaces, filesOf, isOfDatabase, placeOf } from './put-aside.ts';
import { type Candidate, type TryParts, tryProgram } from './try-program.ts';

/** Only a folder with this in it is rehearsed in, and cleaned up: somebody may name the real one. */
const MARK = 'made-for-a-rehearsal';

/** The copy, and what a migration writes of it beside it. */
const COPIES = 3;

/** Where the parts of a copy lie in its folder. */
export const copyIn = (folder: string): DataPlaces => ({ folder, headCopyFolder: join(folder, 'heads') });

export const isMadeForRehearsal = (folder: string): boolean =>
  existsSync(join(folder, MARK)) && !existsSync(join(folder, 'till.lock'));

/**
 * Copies what a program needs to verify the live till's records: the database as it is at one moment, beside a till that
 * works on it if need be; the heads of the journal; the secrets as the keyring has sealed them, so that no plain key is
 * written. The heads come first: a database may be ahead of its heads, never behind.
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

/** Runs a program on a copy of the till's data in `scratch`, beside a till that is open on it if need be. */
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
 * Runs the version that lies ready on a copy of the till's data before it may take this program's place. What cannot be run
 * from where it lies is not rehearsed. Errors: those of `tryProgram`.
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
    // What Windows' installer has unpacked it holds against a list of its own, each time that it is run.
    const isWhole = file.kind === 'appimage' ? { isWhole: () => isWhatWasSigned(program, file) } : {};
    return rehearseOnCopy(parts, join(parts.folder, 'rehearsal'), { version, program, ...isWhole });
  };

/**
 * `--prove`: whether this program, which somebody is about to put in place by hand, can have the till's data. It is rehearsed as
 * the old program would have it done, on a copy, and needs nothing of a till that is open: neither its lock nor its window. Where
 * there is no live till there is nothing to prove.
 */
export const prove = (
  parts: TryParts,
  { version, program }: Pick<Candidate, 'version' | 'program'>,
): Promise<Answer> =>
  answerOf(version, async () => {
    const { folder } = parts;
    // What lies there is put back first, or goes on as the next version's.
    if (isUnderWay(folder, version)) return ['update-cut-off'];
    if (!existsSync(databaseFile(liveFolder(folder)))) return [];
    const rehearsed = await rehearseOnCopy(parts, join(folder, 'proof'), { version, program });
    if (rehearsed.ok) return [];
    const { code, details } = rehearsed.error;
    const words = [code, details?.['reason'], details?.['what']];
    return [words.filter((word) => word !== undefined && word !== '').join(': ')];
  });
