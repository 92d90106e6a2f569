import type { z } from 'zod';
import type {
  ChannelName,
  ChannelReply,
  Channels,
  ManagersChannel,
  Result,
  Snapshot,
} from '../../preload/contract/index.ts';
import type { Actor } from './actor.ts';

/** What the screen shows of a till, without what is the window's own. */
export type Shown = Omit<Snapshot, 'closing' | 'revision'>;

/** A topic of an open till, or the list of the day: what a room shows, and what is published as changed. */
export type Topic = Exclude<keyof Shown, 'mode' | 'problem' | 'opening'>;

/**
 * Publishes that these topics may have changed: the screen reads them again soon, and no others. Works inside a
 * transaction too, since they are read after it ended.
 */
export type Changed<T extends Topic = Topic> = (...topics: readonly [T, ...T[]]) => void;

/** A room's topics, each with its read function. */
export type Shows = { readonly [T in Topic]?: () => Shown[T] };

type Reply<N extends ChannelName> = Result<ChannelReply<N>>;

/** Handles one channel: parsed arguments, and the actor. May throw database failures. */
export type Handler<N extends ChannelName> = (
  args: z.output<Channels[N]['args']>,
  who: Actor,
) => Promise<Reply<N>> | Reply<N>;

/** Handlers of channels that are not a manager's, by the contract. */
export type RoomHandlers = { readonly [N in Exclude<ChannelName, ManagersChannel>]?: Handler<N> };

/** Handlers of a manager's channels: `who` was proven to be allowed before they are called. */
export type ManagersHandlers = { readonly [N in ManagersChannel]?: Handler<N> };

/**
 * One part of an open till, with its channels and its part of the screen. Rooms start in the order of the slices and
 * stop in the reverse.
 */
export interface Room {
  readonly name: string;
  readonly handlers?: RoomHandlers;
  readonly managersHandlers?: ManagersHandlers;
  start?(): void;
  /** Resolves when its work has ended; running work may take `graceMs`. */
  stop?(graceMs: number): Promise<void> | void;
  /** Its topics; code that changes what one reads publishes it. */
  readonly shows?: Shows;
  /** The system sees a network again. */
  networkBack?(): void;
  /** The PC slept. */
  wokeUp?(): void;
  /** The till was left: its screen is locked, or the PC goes to sleep. */
  left?(): void;
}

type AnyHandlers = { readonly [N in ChannelName]?: Handler<N> };

/** The handler of a channel: of the first room that has one. */
export function handlerIn<N extends ChannelName>(rooms: readonly Room[], name: N): Handler<N> | undefined {
  for (const { handlers, managersHandlers } of rooms) {
    const { [name]: handler }: AnyHandlers = { ...handlers, ...managersHandlers };
    if (handler !== undefined) return handler;
  }
  return undefined;
}
