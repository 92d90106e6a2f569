import { randomUUID } from 'node:crypto';
import type { DispatchOptions, Handlers, SenderInfo } from '../../../main/app/ipc/dispatch.ts';
import type { Logger } from '../../../main/kernel/ports.ts';
import { appError, channelNames, err } from '../../../preload/contract/index.ts';

export const ORIGIN = 'counterfoil://app';
export const ours: SenderInfo = { isTillWindow: true, isMainFrame: true, origin: ORIGIN };

export function logLines(): { logger: Logger; lines: { event: string; values: Record<string, unknown> }[] } {
  const lines: { event: string; values: Record<string, unknown> }[] = [];
  const add = (event: string, values = {}) => void lines.push({ event, values });
  return { lines, logger: { info: add, warn: add, error: add } };
}

/** Handlers that say "not-set-up", and count how often any of them was reached. */
export function countingHandlers(some: Partial<Handlers> = {}) {
  const reached: { channel: string; args: unknown }[] = [];
  const handlers = Object.fromEntries(
    channelNames.map((channel) => [
      channel,
      async (args: never) => {
        reached.push({ channel, args });
        return some[channel] ? some[channel](args) : err(appError('not-set-up'));
      },
    ]),
  ) as unknown as Handlers;
  return { handlers, reached };
}

export const dispatchOptions = (handlers: Handlers, logger: Logger): DispatchOptions => ({
  handlers,
  logger,
  allowedOrigin: ORIGIN,
  random: { uuid: randomUUID },
});
