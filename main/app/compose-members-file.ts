import { setImmediate as untilOthersRan } from 'node:timers/promises';
import type { ExportService, Taking } from '../day/find/export-service.ts';
import { createPatience } from '../kernel/patience.ts';
import type { Room } from '../kernel/room.ts';
import { createMembersFileRoom, type ToSave } from '../members/members-file-room.ts';
import type { SessionParts, World } from './compose-core.ts';
import type { Services } from './compose-services.ts';

/** By the way that all files go which a person takes along. */
const writing =
  ({ write }: ToSave): Taking['write'] =>
  async (target, tell, callOff) => {
    try {
      const entries = await write(target, tell, callOff);
      return entries === null ? { end: 'called-off' } : { end: 'written', entries };
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
      return { end: 'failed', of: /^(SQLITE|unknown)/.test(code) ? 'reading' : 'writing', code };
    }
  };

/** Members on the way from one till of the account to another. */
export function composeMembersFile(
  world: World,
  { config, account, accountHost }: SessionParts,
  { core, directoryFill, today }: Services,
  exports: ExportService,
): Room {
  const { appId } = config;
  return createMembersFileRoom({
    ...world,
    ...core,
    directoryFill,
    today,
    pause: () => untilOthersRan(),
    saveAs: (file, who) => exports.take({ ...file, write: writing(file) }, who),
    picker: world.membersPicker ?? null,
    desk: () => account.ofKey((appKey) => ({ appKey, account: { host: accountHost, appId } })),
    patience: world.backups?.patience ?? createPatience(world.clock),
  });
}
