import {
  appError,
  type ChannelName,
  type ChannelReply,
  channelNames,
  channels,
  err,
  isManagers,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { DatabaseFailure, databaseFailure } from '../kernel/database/failure.ts';
import type { Logger } from '../kernel/ports.ts';
import { handlerIn, type Room } from '../kernel/room.ts';
import type { Handlers } from './ipc/dispatch.ts';
import { createProgramRoom, type ProgramRoomParts } from './program-room.ts';
import { beyondReach } from './reach.ts';
import type { Till } from './till.ts';

interface Answerers {
  readonly till: Till;
  /** They answer what no room of an open till does. */
  readonly programs: readonly Room[];
  readonly logger: Logger;
}

const withoutTill: Actor = { role: 'till', person: '' };

/** The contract's channels, each handled by its room, of the open till or of the program. */
export function createHandlers(parts: ProgramRoomParts, others: readonly Room[] = []): Handlers {
  const answerers = { ...parts, programs: [createProgramRoom(parts), ...others] };
  const handlers = channelNames.map((name) => [name, (args: never) => answer(answerers, name, args)]);
  return {
    ...(Object.fromEntries(handlers) as Handlers),
    'app:snapshot': async () => ok(parts.till.snapshot()),
  };
}

async function answer(
  { till, programs, logger }: Answerers,
  name: ChannelName,
  args: never,
): Promise<Result<ChannelReply<ChannelName>>> {
  if (name === 'people:inUse') till.inUse();
  const session = till.session();
  const against = beyondReach(channels[name], till.open());
  if (against !== null) return err(appError(against));
  const handler = handlerIn([...(session?.rooms ?? []), ...programs], name);
  // Without a till no manager can be verified.
  if (handler === undefined || (session === null && isManagers(name))) return err(appError('not-set-up'));
  try {
    if (session === null) return await handler(args, withoutTill);
    const isOpen = () => till.session() === session;
    // Another till may have been opened while the PIN was checked, which admits nobody.
    const admitted = await session.admission.admit(name, args).catch((thrown: unknown) => {
      if (isOpen()) throw thrown;
      return null;
    });
    if (admitted === null || !isOpen()) return err(appError('till-opening'));
    if (!admitted.ok) return admitted;
    return await handler(args, admitted.value);
  } catch (thrown) {
    const failure = thrown instanceof DatabaseFailure ? thrown.appError : databaseFailure(thrown);
    if (failure === null) throw thrown;
    logger.error('database.failed', { code: failure.code, sqlite: failure.details?.['sqlite'] ?? '' });
    return err(failure);
  }
}
