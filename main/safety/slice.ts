import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AppError, MemberCopies } from '../../preload/contract/index.ts';
import type { Day } from '../day/index.ts';
import type { Hosts } from '../hosts/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { FolderPicker } from '../kernel/ports.ts';
import type { Room } from '../kernel/room.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import type { Ledger } from '../ledger/index.ts';
import type { MetTill } from '../ledger/journal/index.ts';
import { backupFailure } from './backups/backup-failure.ts';
import { type BackupService, createBackupService, type Disk } from './backups/backup-service.ts';
import { createBackupsRoom } from './backups/backups-room.ts';
import { ASIDE } from './backups/restore.ts';
import { folderAt, loadPlace, type PlaceWriter, placeProblem } from './backups/second-place.ts';
import { createSecondPlaceService } from './backups/second-place-service.ts';
import type { Integrity } from './integrity/integrity.ts';
import { createIntegrityWatchService } from './integrity/integrity-watch-service.ts';
import { OPEN_ENTRIES_FILE } from './open-entries/open-entries.ts';
import { createOpenEntriesService, type OpenEntriesPlace } from './open-entries/open-entries-service.ts';
import { forgetLost, loadRestored } from './restored.ts';

export interface BackupWorld {
  readonly folder: string;
  readonly integrity: Integrity;
  readonly disk: Disk;
  readonly picker: FolderPicker;
  /** For a second place, and any folder that a person chooses. */
  readonly timeouts: Timeouts;
}

export interface SafetyNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly day: Day;
  readonly databaseFile: string;
  readonly vaultFile: string;
  readonly journalKey: Buffer | null;
  /** Null without backups and checks, in practice. */
  readonly backups: BackupWorld | null;
  readonly onDamaged: ((problem: () => AppError | null) => void) | undefined;
  /** This very till was met in the second place. */
  readonly meetAtPlace: (met: MetTill) => string | null;
}

export type Safety = ReturnType<typeof createSafety>;

/** Writes into the second place, and recognises a clone of this till there. */
const placeWriter = ({
  kernel: { random, logger },
  hosts,
  ledger,
  meetAtPlace,
}: SafetyNeeds): PlaceWriter => ({
  tillName: hosts.config.tillName,
  tillIdentity: ledger.tillIdentity,
  meet: meetAtPlace,
  random,
  logger,
});

function createBackups(needs: SafetyNeeds, { folder, integrity, disk, timeouts }: BackupWorld) {
  const { db, settings, clock, random, logger, changed } = needs.kernel;
  const { databaseFile, vaultFile, journalKey } = needs;
  const second = createSecondPlaceService({
    folder,
    writer: placeWriter(needs),
    settings,
    timeouts,
    clock,
    random,
    logger,
    onChange: () => changed('backupProblem'),
  });
  return createBackupService({
    folder,
    databaseFile,
    vaultFile,
    db,
    settings,
    journal: needs.ledger.journal,
    journalKey,
    integrity,
    disk,
    second,
    clock,
    random,
    logger,
    changed,
  });
}

/** In the second place the open entries are listed, too. */
function createOpenEntries(needs: SafetyNeeds, { timeouts }: BackupWorld) {
  const { db, settings, clock, random, logger } = needs.kernel;
  const { feed, outbox } = needs.ledger;
  if (feed === null) return null;
  const place = (): OpenEntriesPlace | null => {
    const chosen = loadPlace(settings);
    if (chosen === null) return null;
    const file = join(folderAt(chosen), OPEN_ENTRIES_FILE);
    return { ...chosen, file, problem: () => placeProblem(chosen, placeWriter(needs)) };
  };
  return createOpenEntriesService({
    db,
    open: outbox.open,
    lost: () => loadRestored(settings)?.entries ?? [],
    feed,
    place,
    timeouts,
    failure: backupFailure,
    clock,
    random,
    logger,
  });
}

function createIntegrityWatch(needs: SafetyNeeds, { integrity }: BackupWorld) {
  const { settings, clock, logger, changed } = needs.kernel;
  const { databaseFile: file, journalKey, onDamaged } = needs;
  return createIntegrityWatchService({
    file,
    journalKey,
    integrity,
    settings,
    link: needs.hosts.link,
    ...(onDamaged === undefined ? {} : { onDamaged }),
    clock,
    logger,
    changed,
  });
}

/** Where records of a member lie that an erasure does not reach. */
async function memberCopies(backups: BackupService | null, folder: string): Promise<MemberCopies> {
  const found = await backups?.look();
  const names = await readdir(folder).catch(() => []);
  return {
    backups: found?.here.count ?? 0,
    newestBackupAtMs: found?.here.newestAtMs ?? null,
    hasSecondPlace: (found?.second ?? null) !== null,
    setAside: names.filter((name) => name.startsWith(ASIDE)).length,
  };
}

export function createSafety(needs: SafetyNeeds) {
  const { settings, clock } = needs.kernel;
  const { journal } = needs.ledger;
  const outside = needs.backups;
  const backups = outside && createBackups(needs, outside);
  const openEntries = outside && createOpenEntries(needs, outside);
  const integrityWatch = outside && createIntegrityWatch(needs, outside);
  const integrityRooms = (): Room[] => {
    if (integrityWatch === null) return [];
    const { start, stop, damage } = integrityWatch;
    return [{ name: 'integrity', start, stop, shows: { damage } }];
  };
  const backupRooms = (): Room[] => {
    if (backups === null || outside === null) return [];
    const { picker } = outside;
    const openEntriesProblem = () => openEntries?.problem() ?? null;
    const room = createBackupsRoom({ backups, picker, openEntriesProblem, settings, journal, clock });
    return openEntries === null ? [room] : [{ name: 'open-entries', ...openEntries }, room];
  };
  return {
    memberCopies: () => memberCopies(backups, dirname(needs.databaseFile)),
    /** Entries that a restored backup lacks, until a manager has seen it. */
    lost: () => loadRestored(settings)?.entries ?? [],
    /** Takes these members' names out of the list of what a restore lost. */
    forgetLost: (isErased: (customerUid: string) => boolean) => forgetLost(settings, isErased),
    backups,
    openEntries,
    integrityWatch,
    /** Before the sender, so that a check under way stops it. */
    firstRooms: integrityRooms(),
    rooms: backupRooms(),
  };
}
