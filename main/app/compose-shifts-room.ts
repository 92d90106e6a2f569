import { createShiftsRoom } from '../day/shifts/shifts-room.ts';
import type { Room } from '../kernel/room.ts';
import type { ReportDesk } from '../paper/receipts/report-desk.ts';
import type { SessionParts, World } from './compose-core.ts';
import type { Services } from './compose-services.ts';

/** The room of a till's shifts; its reports come out by the way of receipts. */
export function composeShiftsRoom(
  world: World,
  { config, accountHost, account, db }: SessionParts,
  services: Services,
  desk: ReportDesk,
): Room {
  const { core, shifts } = services;
  return createShiftsRoom({
    ...services,
    ...shifts,
    desk,
    clock: world.clock,
    saver: world.receipts?.saver ?? null,
    ofKey: account.ofKey,
    account: { host: accountHost, appId: config.appId },
    problem: core.keeper.problem,
    isOpen: () => db.open,
  });
}
