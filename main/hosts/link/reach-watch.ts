import type { Link } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { Exchange, MemberHost } from '../port/member-host.ts';
import {
  afterSleep,
  doubtChangesInMs,
  type Reach,
  reachDoubt,
  unheard,
  withCall,
  withNetwork,
  withoutCall,
} from './reach.ts';

/** Watches calls and the system's network events for display only; it decides nothing. */
export interface ReachWatch {
  doubt(): Link['doubt'];
  networkChanged(online: boolean): void;
  wokeUp(): void;
  /** Wraps the client; the same client gives the same wrapper. */
  watch(client: () => MemberHost): () => MemberHost;
  stop(): void;
}

interface Parts {
  readonly clock: Clock;
  /** Publishes that the doubt about being online changed. */
  readonly changed: Changed<'link'>;
}

export function createReachWatch({ clock, changed }: Parts): ReachWatch {
  let reach: Reach = unheard;
  let shown: Link['doubt'] = null;
  let calls = 0;
  let stopped = false;
  let cancel = (): void => undefined;

  const look = () => {
    cancel();
    if (stopped) return;
    const atMs = clock.monotonicMs();
    const inMs = doubtChangesInMs(reach, atMs);
    if (inMs !== null) cancel = clock.schedule(inMs, look);
    const doubt = reachDoubt(reach, atMs);
    if (doubt === shown) return;
    shown = doubt;
    changed('link');
  };
  const change = (next: Reach) => {
    reach = next;
    look();
  };

  const watched =
    <A extends readonly unknown[], R>(ask: (...args: A) => Promise<R>, exchangeOf: (reply: R) => Exchange) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      const call = calls;
      change(withCall(reach, call, clock.monotonicMs()));
      let isAnswered = false;
      try {
        const reply = await ask(...args);
        isAnswered = exchangeOf(reply).response !== null;
        return reply;
      } finally {
        change(withoutCall(reach, call, isAnswered, clock.monotonicMs()));
      }
    };
  const ofRead = ({ exchange }: { readonly exchange: Exchange }): Exchange => exchange;

  const watchedClient = (client: MemberHost): MemberHost => ({
    sendIncrement: watched(client.sendIncrement, (exchange) => exchange),
    readByNumber: watched(client.readByNumber, ofRead),
    readByUid: watched(client.readByUid, ofRead),
    readByPhone: watched(client.readByPhone, ofRead),
    readMembersPage: watched(client.readMembersPage, ofRead),
    readLog: watched(client.readLog, ofRead),
    readLogOfAll: watched(client.readLogOfAll, ofRead),
    // Nobody waits for it, so it says nothing about being online.
    readCallCount: client.readCallCount,
    networkChanged: () => client.networkChanged(),
    close: () => client.close(),
  });

  return {
    doubt: () => reachDoubt(reach, clock.monotonicMs()),
    networkChanged: (online) => change(withNetwork(reach, online)),
    wokeUp: () => change(afterSleep(reach)),
    watch: (client) => {
      let last: { readonly of: MemberHost; readonly watched: MemberHost } | null = null;
      return () => {
        const of = client();
        if (last?.of !== of) last = { of, watched: watchedClient(of) };
        return last.watched;
      };
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
