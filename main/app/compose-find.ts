import { createExportService, type ExportService } from '../day/find/export-service.ts';
import { createFindRoom } from '../day/find/find-room.ts';
import { databaseFile, liveFolder, practiceFolder } from '../kernel/folders.ts';
import type { Room } from '../kernel/room.ts';
import { createPhoneEnds } from '../members/phone-end-repository.ts';
import type { SessionParts, World } from './compose-core.ts';
import type { Services } from './compose-services.ts';
import { foundInWorker } from './found-in-worker.ts';

/** What a person takes along in files: one at a time, whichever room it is of. */
export function composeExports(
  world: World,
  { config, mode, accountHost }: SessionParts,
  { core, today }: Services,
): ExportService {
  const { exports: outside } = world;
  const file = databaseFile(mode === 'live' ? liveFolder(world.folder) : practiceFolder(world.folder));
  const account = { accountHost, accountAppId: config.appId };
  return createExportService({
    ...core,
    today,
    place: outside?.place ?? null,
    write: (asked, tell, callOff) => {
      // As they are now: a restore begins another part of this till's way.
      const { tillId, ownEpochs } = core.tillIdentity;
      const own = { tillId, ownEpochs };
      return foundInWorker(outside?.recordsWorker ?? '', { file, account, own, ...asked }, tell, callOff);
    },
  });
}

/** Entries by whatever is known of them, and what a person takes along of them. */
export function composeFind(
  { config, db }: SessionParts,
  { core, lookUp, shifts }: Services,
  exports: ExportService,
): Room {
  return createFindRoom({
    ...core,
    lookUp,
    exports,
    phoneEnds: createPhoneEnds(db),
    shiftRange: shifts.service.shiftRange,
    untoldFrom: shifts.service.untoldFrom,
    storeTimeZone: config.storeTimeZone,
  });
}
