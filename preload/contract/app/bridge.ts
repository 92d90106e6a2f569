import type { Result } from '../kernel/result.ts';
import type { ChannelArgs, ChannelName, ChannelReply } from './channels.ts';
import type { Changes } from './topics.ts';

type Camel<S extends string> = S extends `${infer Area}:${infer Verb}` ? `${Area}${Capitalize<Verb>}` : S;

/**
 * What the preload puts on `window.till`: one named function a channel (`topUps:create` is
 * `till.topUpsCreate`), and a way to hear what changes. No channel can be named from outside.
 */
export type TillBridge = {
  readonly [N in ChannelName as Camel<N>]: (args: ChannelArgs<N>) => Promise<Result<ChannelReply<N>>>;
} & {
  /** Calls back with every push; the returned function stops that. */
  readonly onChanges: (listener: (changes: Changes) => void) => () => void;
};

export const bridgeMethod = (channel: ChannelName): string =>
  channel.replace(/:(\w)/, (_, first: string) => first.toUpperCase());

/** The one entrance to the main process, and the one way out of it; never seen by a page. */
export const CALL_CHANNEL = 'till:call';
export const CHANGES_CHANNEL = 'till:changes';

/** What travels through `CALL_CHANNEL`. */
export interface CallMessage {
  readonly channel: ChannelName;
  readonly args: unknown;
}
