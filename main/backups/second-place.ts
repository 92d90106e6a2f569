import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { writeFileAtomically } from '../atomic-file.ts';
import type { Settings } from '../database/settings-repository.ts';
import type { Random } from '../ports.ts';
import { isWeakPassphrase, lockSchema, makeLock } from '../sealing/lock.ts';
import { backupFailure } from './backup-failure.ts';

/** Another disk, a stick or a share that a manager has chosen, and what everything there is sealed with. */
const placeSchema = z.object({ folder: z.string(), id: z.string(), lock: lockSchema });
export type SecondPlace = z.infer<typeof placeSchema>;

const KEY = 'backups.place';
const MARK = 'counterfoil-backups.json';
/** Beside the backups: each entry as it is made, sealed. */
export const BLACK_BOX_FILE = 'entries.cfblackbox';
/** In the folder that was chosen; each till has one of its own in it. */
export const PLACE_FOLDER = 'Counterfoil backups';

/** A folder, and the passphrase that opens what will lie there. */
export interface ChosenPlace {
  readonly folder: string;
  readonly passphrase: string;
}

export function loadPlace(settings: Settings): SecondPlace | null {
  const text = settings.get(KEY);
  if (text === null) return null;
  try {
    return placeSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const savePlace = (settings: Settings, place: SecondPlace | null): void =>
  place === null ? settings.remove(KEY) : settings.set(KEY, JSON.stringify(place));

export const folderAt = ({ folder, id }: SecondPlace): string => join(folder, PLACE_FOLDER, id.slice(0, 8));

/** Makes the till's folder there and marks it: a folder of the same name that is not the stick must not be taken for it. */
export async function makePlace(
  { folder, passphrase }: ChosenPlace,
  till: string,
  random: Random,
): Promise<Result<SecondPlace>> {
  if (isWeakPassphrase(passphrase)) return err(appError('passphrase-weak'));
  try {
    await stat(folder);
    const place = { folder, id: random.uuid(), lock: await makeLock(passphrase, random) };
    await mkdir(folderAt(place), { recursive: true });
    const text = `${JSON.stringify({ version: 1, id: place.id, till })}\n`;
    await writeFileAtomically(join(folderAt(place), MARK), text, random.uuid());
    return ok(place);
  } catch (thrown) {
    return err(backupFailure(thrown));
  }
}

/** Null where the chosen place is there: a stick that was pulled out leaves an empty folder, or none, behind. */
export async function placeProblem(place: SecondPlace): Promise<AppError | null> {
  const gone = appError('backup-place-gone', { what: place.folder.slice(0, 300) });
  try {
    const mark = JSON.parse(await readFile(join(folderAt(place), MARK), 'utf8')) as { id?: unknown };
    return mark.id === place.id ? null : gone;
  } catch {
    return gone;
  }
}
