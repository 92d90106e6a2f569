import {
  appError,
  type ChannelName,
  type ChannelReply,
  channelNames,
  err,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { DatabaseFailure, databaseFailure } from '../database/failure.ts';
import type { Handlers } from '../ipc/dispatch.ts';
import type { Actor } from '../journal/actor.ts';
import type { Proof } from '../people/admission.ts';
import type { Logger } from '../ports.ts';
import type { Handler, Room } from '../room.ts';
import { createProgramRoom, type ProgramRoomParts } from './program-room.ts';
import type { Till } from './till.ts';

interface Answerers {
  readonly till: Till;
  /** Answer where the till that is open does not. */
  readonly programs: readonly Room[];
  readonly logger: Logger;
}

const withoutTill: Actor = { role: 'till', person: '' };

/** The contract's channels, each answered by the room that owns it, of the till that is open or of the program. */
export function createHandlers(parts: ProgramRoomParts, others: readonly Room[] = []): Handlers {
  const answerers = { ...parts, programs: [createProgramRoom(parts), ...others] };
  const handlers = channelNames.map((name) => [name, (args: never) => answer(answerers, name, args)]);
  return {
    ...(Object.fromEntries(handlers) as Handlers),
    'app:snapshot': async () => ok(parts.till.snapshot()),
  };
}

interface Answering {
  readonly handler: Handler<ChannelName>;
  readonly isManagers: boolean;
}

function answering(rooms: readonly Room[], name: ChannelName): Answering | null {
  for (const { handlers, managersHandlers } of rooms) {
    const anybodys = handlers?.[name];
    const managers = managersHandlers?.[name];
    const handler = anybodys ?? managers;
    if (handler !== undefined) return { handler, isManagers: anybodys === undefined };
  }
  return null;
}

async function answer(
  { till, programs, logger }: Answerers,
  name: ChannelName,
  args: never,
): Promise<Result<ChannelReply<ChannelName>>> {
  const session = till.session();
  const found = answering([...(session?.rooms ?? []), ...programs], name);
  if (found === null || (session === null && found.isManagers)) return err(appError('not-set-up'));
  try {
    if (session === null) return await found.handler(args, withoutTill);
    const { pin } = args as { readonly pin?: Proof };
    const admitted = await session.admission.admit(name, found.isManagers, pin);
    return admitted.ok ? await found.handler(args, admitted.value) : admitted;
  } catch (thrown) {
    const failure = thrown instanceof DatabaseFailure ? thrown.appError : databaseFailure(thrown);
    if (failure === null) throw thrown;
    logger.error('database.failed', { code: failure.code, sqlite: failure.details?.['sqlite'] ?? '' });
    return err(failure);
  }
}
