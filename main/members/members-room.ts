import { ok } from '../../preload/contract/index.ts';
import type { CallBudget } from '../hosts/calls/index.ts';
import type { Room } from '../kernel/room.ts';
import type { DirectoryFillService } from './directory-fill-service.ts';
import type { DirectoryRepository } from './directory-repository.ts';
import type { LookUpService } from './look-up-service.ts';
import type { MemberRetentionService } from './member-retention-service.ts';

export interface MembersRoomParts {
  readonly lookUp: LookUpService;
  readonly directory: DirectoryRepository;
  readonly directoryFill: DirectoryFillService;
  readonly retention: MemberRetentionService;
  readonly callBudget: Pick<CallBudget, 'shown'>;
}

/** Members and look-ups. */
export function createMembersRoom(parts: MembersRoomParts): Room {
  const { lookUp, directory, directoryFill, retention } = parts;
  return {
    name: 'members',
    handlers: {
      'members:find': async ({ query }) => {
        const found = await lookUp.find(query);
        return found.ok ? ok({ ...found.value, members: [...found.value.members] }) : found;
      },
      'members:answer': async (args) => {
        const answered = await lookUp.answer(args.lookUp);
        return answered.ok ? ok({ ...answered.value, members: [...answered.value.members] }) : answered;
      },
      'members:card': ({ customerUid }) => lookUp.card(customerUid),
    },
    start: () => {
      directoryFill.start();
      retention.start();
    },
    stop: () => {
      retention.stop();
      directoryFill.stop();
    },
    shows: {
      directory: () => ({ members: directory.count(), ...directoryFill.state() }),
      budget: parts.callBudget.shown,
    },
  };
}
