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

/** A topic of an open till, or the list of the day: what a room shows, and what is told to have changed. */
export type Topic = Exclude<keyof Shown, 'mode' | 'problem' | 'opening'>;

/**
 * Says which topics may be other than they were, by their names: the screen reads these again, and no others, soon after.
 * Within a transaction too, since what is read by then was committed or taken back.
 */
export type Changed<T extends Topic = Topic> = (...topics: readonly [T, ...T[]]) => void;

/** What a room shows, each topic read by itself. */
export type Shows = { readonly [T in Topic]?: () => Shown[T] };

type Reply<N extends ChannelName> = Result<ChannelReply<N>>;

/** Answers one channel: its arguments, parsed, and who asks. What the database cannot do may be thrown. */
export type Handler<N extends ChannelName> = (
  args: z.output<Channels[N]['args']>,
  who: Actor,
) => Promise<Reply<N>> | Reply<N>;

/** Of channels that are no manager's, as the contract says. */
export type RoomHandlers = { readonly [N in Exclude<ChannelName, ManagersChannel>]?: Handler<N> };

/** Those of a manager's channels: `who` may, and that was proven before these are called. */
export type ManagersHandlers = { readonly [N in ManagersChannel]?: Handler<N> };

/**
 * One part of an open till. The list of slices has all of them: they start in its order and stop in the reverse of it, and
 * each brings its own channels and its own part of the screen.
 */
export interface Room {
  readonly name: string;
  readonly handlers?: RoomHandlers;
  readonly managersHandlers?: ManagersHandlers;
  start?(): void;
  /** Resolves when nothing of it is under way; what is may take `graceMs`. */
  stop?(graceMs: number): Promise<void> | void;
  /** Whoever changes what one of them reads tells its topic. */
  readonly shows?: Shows;
  /** The system saw the network come or go. */
  networkChanged?(online: boolean): void;
  /** The PC slept. */
  wokeUp?(): void;
  /** Nobody stands at the till any more: its screen is locked, or it goes to sleep. */
  left?(): void;
}

type AnyHandlers = { readonly [N in ChannelName]?: Handler<N> };

/** What answers a channel: of the first room that does. */
export function handlerIn<N extends ChannelName>(rooms: readonly Room[], name: N): Handler<N> | undefined {
  for (const { handlers, managersHandlers } of rooms) {
    const { [name]: handler }: AnyHandlers = { ...handlers, ...managersHandlers };
    if (handler !== undefined) return handler;
  }
  return undefined;
}
