import {
  applyChanges,
  bridgeMethod,
  type Changes,
  type ChannelArgs,
  type ChannelName,
  type ChannelReply,
  changesSchema,
  channelNames,
  channels,
  type Entry,
  type Result,
  type Snapshot,
  snapshotSchema,
  type Topics,
} from '../../preload/contract/index.ts';

type Answer<N extends ChannelName> = (
  args: ChannelArgs<N>,
) => Result<ChannelReply<N>> | Promise<Result<ChannelReply<N>>>;

/** What has changed, as a test says it; the number is counted here. */
export interface Pushed {
  readonly topics?: Partial<Topics>;
  readonly put?: readonly Entry[];
  readonly gone?: readonly string[];
}

/**
 * A main process that a test plays: the page asks, and is answered what the test says. Both ways everything is held
 * against the contract, so that no test goes by a main that cannot be. A call that no answer was given for stays open.
 */
export interface FakeMain {
  answer<N extends ChannelName>(channel: N, answer: Answer<N>): void;
  /** What was asked through this channel, oldest first. */
  asked<N extends ChannelName>(channel: N): readonly ChannelArgs<N>[];
  /** Pushes what has changed. */
  tell(changes: Pushed): void;
  /** The snapshot that a page which asks now would get. */
  snapshot(): Snapshot;
  /** A call of the page, by its name on the bridge. */
  call(method: string, args: unknown): Promise<unknown>;
  /** Told every push. */
  onPush(listener: (changes: Changes) => void): void;
}

const channelOf = new Map(channelNames.map((name) => [bridgeMethod(name), name]));

export function createFakeMain(first: Snapshot): FakeMain {
  let snapshot = snapshotSchema.parse(first);
  const answers = new Map<ChannelName, Answer<ChannelName>>([
    ['app:snapshot', () => ({ ok: true, value: snapshot })],
    ['app:close', () => ({ ok: true, value: {} })],
  ]);
  const asked: [ChannelName, unknown][] = [];
  const listeners = new Set<(changes: Changes) => void>();
  const open = new Promise<never>(() => undefined);
  return {
    answer: (channel, answer) => void answers.set(channel, answer),
    asked: <N extends ChannelName>(channel: N) =>
      asked.filter(([name]) => name === channel).map(([, args]) => args as ChannelArgs<N>),
    tell: ({ topics = {}, put = [], gone = [] }) => {
      const rows = { put: [...put], gone: [...gone] };
      const changes = changesSchema.parse({ number: snapshot.revision + 1, topics, rows });
      snapshot = snapshotSchema.parse(applyChanges(snapshot, changes));
      for (const listener of listeners) listener(changes);
    },
    snapshot: () => snapshot,
    call: async (method, given) => {
      const channel = channelOf.get(method);
      if (channel === undefined) throw new RangeError(`there is no ${method}`);
      const args = channels[channel].args.parse(given) as ChannelArgs<ChannelName>;
      asked.push([channel, args]);
      const reply = (await answers.get(channel)?.(args)) ?? (await open);
      return reply.ok ? { ok: true, value: channels[channel].reply.parse(reply.value) } : reply;
    },
    onPush: (listener) => void listeners.add(listener),
  };
}
