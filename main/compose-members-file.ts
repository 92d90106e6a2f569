import { setImmediate as untilOthersRan } from 'node:timers/promises';
import type { SessionParts, World } from './compose-core.ts';
import type { Services } from './compose-services.ts';
import type { ExportService } from './find/export-service.ts';
import { createMembersFileRoom } from './members/members-file-room.ts';
import { createPatience } from './patience.ts';
import type { Room } from './room.ts';

/** Members on the way from one till of the account to another. */
export function composeMembersFile(
  world: World,
  { config, account, accountHost }: SessionParts,
  { core, directoryFill, today }: Services,
  exports: ExportService,
): Room {
  const { appId } = config;
  return createMembersFileRoom({
    ...{ ...world, ...core, directoryFill, exports, today, pause: () => untilOthersRan() },
    picker: world.membersPicker ?? null,
    desk: () => account.ofKey((appKey) => ({ appKey, account: { host: accountHost, appId } })),
    patience: world.backups?.patience ?? createPatience(world.clock),
  });
}
