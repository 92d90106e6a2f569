import type { Result } from '../kernel/result.ts';
import type { ChannelArgs, ChannelName, ChannelReply } from './channels.ts';
import type { Changes } from './topics.ts';

type Camel<S extends string> = S extends `${infer Area}:${infer Verb}` ? `${Area}${Capitalize<Verb>}` : S;

/**
 * `window.till`: one function a channel (`topUps:create` is `till.topUpsCreate`) and one subscription. A page cannot
 * name a channel.
 */
export type TillBridge = {
  readonly [N in ChannelName as Camel<N>]: (args: ChannelArgs<N>) => Promise<Result<ChannelReply<N>>>;
} & {
  /** Called with every push; returns the way to stop. */
  readonly onChanges: (listener: (changes: Changes) => void) => () => void;
};

export const bridgeMethod = (channel: ChannelName): string =>
  channel.replace(/:(\w)/, (_, first: string) => first.toUpperCase());

/** The only IPC channels; never seen by a page. */
export const CALL_CHANNEL = 'till:call';
export const CHANGES_CHANNEL = 'till:changes';

export interface CallMessage {
  readonly channel: ChannelName;
  readonly args: unknown;
}
