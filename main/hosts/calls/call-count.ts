import { appError, err, ok } from '../../../preload/contract/index.ts';
import type { Room } from '../../kernel/room.ts';
import type { MemberHost } from '../port/member-host.ts';
import type { CallMeter } from './call-meter-repository.ts';

export interface CallCountParts {
  readonly client: () => MemberHost;
  readonly meter: CallMeter;
  readonly today: () => string;
  readonly canCall: () => boolean;
}

/**
 * KYBIO's own count of the account's calls today, of all its tills and programs, which is a call itself; null if it does
 * not say. It is shown and decides nothing. The link is not updated: a host may not offer this call.
 */
async function askCallCount({ client, meter, today }: CallCountParts) {
  const day = today();
  const release = meter.reserve();
  const { exchange, result } = await client().readCallCount(day, day).finally(release);
  if (exchange.phase !== 'connecting') meter.count('count');
  const count = result.ok ? result.value.find((one) => one.day === day) : undefined;
  return count === undefined ? null : { used: count.used, limit: count.limit };
}

export const createCallCountRoom = (parts: CallCountParts): Room => ({
  name: 'call-count',
  handlers: {
    'sync:askCalls': async () =>
      parts.canCall() ? ok(await askCallCount(parts)) : err(appError('key-lost')),
  },
});
