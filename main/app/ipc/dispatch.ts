import type { z } from 'zod';
import {
  type AppError,
  appError,
  appErrorSchema,
  type ChannelName,
  type ChannelReply,
  type Channels,
  channels,
  err,
  MAX_ARGUMENT_BYTES,
  MAX_REPLY_BYTES,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import type { Logger, Random } from '../../kernel/ports.ts';
import { messageSize } from './message-size.ts';

/** One function a channel; arguments and replies are validated. */
export type Handlers = {
  readonly [N in ChannelName]: (args: z.output<Channels[N]['args']>) => Promise<Result<ChannelReply<N>>>;
};

/** The sender as Electron reports it, not as the message says. */
export interface SenderInfo {
  /** The program's own window. */
  readonly isTillWindow: boolean;
  readonly isMainFrame: boolean;
  /** The sending frame's; null where it is gone. */
  readonly origin: string | null;
}

export interface DispatchOptions {
  readonly handlers: Handlers;
  readonly allowedOrigin: string;
  readonly logger: Logger;
  readonly random: Pick<Random, 'uuid'>;
}

interface AnyChannel {
  readonly args: z.ZodType;
  readonly reply: z.ZodType;
}
type AnyHandler = (args: unknown) => Promise<Result<unknown>>;

const isChannelName = (name: unknown): name is ChannelName =>
  typeof name === 'string' && Object.hasOwn(channels, name);

type Request = { readonly channel: ChannelName; readonly args: unknown };

/** All checks before a handler runs. */
function readRequest(message: unknown, sender: SenderInfo, allowedOrigin: string): Result<Request> {
  if (!sender.isTillWindow || !sender.isMainFrame || sender.origin !== allowedOrigin) {
    return err(appError('forbidden-sender'));
  }
  const size = messageSize(message, MAX_ARGUMENT_BYTES);
  if (size === 'too-large') return err(appError('too-large'));
  if (size === 'not-plain' || typeof message !== 'object' || message === null) {
    return err(appError('invalid-request'));
  }
  const { channel, args } = message as { readonly channel?: unknown; readonly args?: unknown };
  if (!isChannelName(channel)) return err(appError('unknown-channel'));
  const shape: AnyChannel = channels[channel];
  const parsed = shape.args.safeParse(args);
  return parsed.success ? ok({ channel, args: parsed.data }) : err(appError('invalid-request', { channel }));
}

/** The reply in the contract's shape; null with the reason in `complain`. Unknown fields are dropped, so nothing leaks. */
function readReply(
  channel: ChannelName,
  result: Result<unknown>,
  complain: (reason: string) => void,
): Result<unknown> | null {
  const shape: AnyChannel = channels[channel];
  const parsed = result.ok ? shape.reply.safeParse(result.value) : appErrorSchema.safeParse(result.error);
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')} ${issue.code}`);
    complain(`reply does not fit: ${places.join(', ')}`);
    return null;
  }
  const size = messageSize(parsed.data, MAX_REPLY_BYTES);
  if (size !== 'fits') {
    complain(`reply is ${size}`);
    return null;
  }
  return result.ok ? ok(parsed.data) : err(parsed.data as AppError);
}

export type Dispatch = (message: unknown, sender: SenderInfo) => Promise<Result<unknown>>;

/**
 * Turns any IPC message into a `Result`, never an exception. A refused message has changed nothing; an exception in a
 * handler is `internal` with its log reference.
 */
export function createDispatch({ handlers, allowedOrigin, logger, random }: DispatchOptions): Dispatch {
  const internal = (channel: ChannelName, reason: string): Result<unknown> => {
    const reference = random.uuid().slice(0, 8);
    logger.error('bridge.internal', { reference, channel, reason });
    return err({ code: 'internal', reference });
  };
  return async (message, sender) => {
    const request = readRequest(message, sender, allowedOrigin);
    if (!request.ok) {
      logger.warn('bridge.refused', { code: request.error.code });
      return request;
    }
    const { channel, args } = request.value;
    let reason = 'no result';
    try {
      const result = await (handlers[channel] as AnyHandler)(args);
      const reply = readReply(channel, result, (words) => {
        reason = words;
      });
      return reply ?? internal(channel, reason);
    } catch (error) {
      return internal(channel, error instanceof Error ? (error.stack ?? error.message) : 'threw no Error');
    }
  };
}
