import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type AppError, appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { whileRefused } from '../../kernel/held-file.ts';
import type { Logger, Random } from '../../kernel/ports.ts';
import { isWeakPassphrase, lockSchema, makeLock } from '../../kernel/sealing/lock.ts';
import { backupFailure } from './backup-failure.ts';

const placeSchema = z.object({ folder: z.string(), id: z.string(), lock: lockSchema });
export type SecondPlace = z.infer<typeof placeSchema>;

const KEY = 'backups.place';
const MARK = 'counterfoil-backups.json';
/** In the chosen folder, with one folder for each till. */
export const PLACE_FOLDER = 'Counterfoil backups';

export interface ChosenPlace {
  readonly folder: string;
  readonly passphrase: string;
}

export function loadPlace(settings: Settings): SecondPlace | null {
  const read = placeSchema.safeParse(readJson(settings.get(KEY)));
  return read.success ? read.data : null;
}

export const savePlace = (settings: Settings, place: SecondPlace | null): void =>
  place === null ? settings.remove(KEY) : settings.set(KEY, JSON.stringify(place));

export const folderAt = ({ folder, id }: SecondPlace): string => join(folder, PLACE_FOLDER, id.slice(0, 8));

/** The mark tells the stick from an empty folder of the same name. */
export async function makePlace(
  { folder, passphrase }: ChosenPlace,
  writer: PlaceWriter,
  random: Random,
): Promise<Result<SecondPlace>> {
  if (isWeakPassphrase(passphrase)) return err(appError('passphrase-weak'));
  try {
    await stat(folder);
    const place = { folder, id: random.uuid(), lock: await makeLock(passphrase, random) };
    await mkdir(folderAt(place), { recursive: true });
    await writeMark(place, writer);
    return ok(place);
  } catch (thrown) {
    return err(backupFailure(thrown));
  }
}

const markSchema = z.object({
  id: z.string(),
  tillId: z.string().optional(),
  epoch: z.string().optional(),
});

export interface PlaceWriter {
  readonly tillName: string;
  /** Null while it cannot be read. */
  readonly tillIdentity: { readonly tillId: string | null; readonly epoch: string | null };
  /** Reports the mark's till; `copy`: another computer continues with this till. */
  readonly meet: (met: { readonly tillId: string; readonly epoch: string }) => string | null;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}

const markText = ({ id }: SecondPlace, { tillName, tillIdentity }: PlaceWriter): string => {
  const { tillId, epoch } = tillIdentity;
  const who = tillId === null || epoch === null ? {} : { tillId, epoch };
  return `${JSON.stringify({ version: 1, id, till: tillName, ...who })}\n`;
};

const writeMark = (place: SecondPlace, writer: PlaceWriter): Promise<void> =>
  writeFileAtomically(join(folderAt(place), MARK), markText(place, writer), writer.random.uuid());

/**
 * Null where the place is there and this till's to write to. A removed stick leaves an empty folder or none:
 * `backup-place-gone`. A clone of this till has the same place: `backup-place-copy`; the mark names the writing epoch,
 * so that the later of two clones notices.
 */
export async function placeProblem(place: SecondPlace, writer: PlaceWriter): Promise<AppError | null> {
  const details = { what: place.folder.slice(0, 300) };
  const mark = await whileRefused(() => readFile(join(folderAt(place), MARK), 'utf8'))
    .then((text) => markSchema.parse(JSON.parse(text)))
    .catch(() => null);
  if (mark?.id !== place.id) return appError('backup-place-gone', details);
  const { tillId, epoch } = mark;
  if (tillId !== undefined && epoch !== undefined) {
    if (writer.meet({ tillId, epoch }) === 'copy') return appError('backup-place-copy', details);
    if (tillId === writer.tillIdentity.tillId && epoch === writer.tillIdentity.epoch) return null;
  }
  try {
    await writeMark(place, writer);
  } catch (thrown) {
    // A place that takes no mark takes no backup either, which is then reported.
    writer.logger.warn('backup.place-not-marked', { error: String(thrown) });
  }
  return null;
}
