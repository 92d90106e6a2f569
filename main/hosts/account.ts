import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, Logger, Network } from '../kernel/ports.ts';
import type { HostAccount, HostProtocol, MemberHost, Signer, TaughtWords } from './port/member-host.ts';

/** One account's client and signer; both change together with its key. */
export interface Account {
  /** Without a key it signs nothing, and KYBIO would refuse its reads; see `hasKey`. */
  client(): MemberHost;
  signer(): Signer | null;
  hasKey(): boolean;
  /** Compares in constant time. False where there is no key. */
  isKey(typed: string): boolean;
  changeKey(appKey: string): void;
  /** Derives something from the present key; null where there is none. */
  ofKey<T>(make: (appKey: string) => T): T | null;
  /** A separate client with another key or clock, to test how KYBIO takes that; the caller closes it. */
  otherClient(change: { readonly appKey?: string; readonly clock?: Clock }): MemberHost;
  close(): Promise<void>;
}

export interface AccountOptions {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appKey: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Proxy settings and authorities; a direct connection where absent. */
  readonly network?: Network;
  readonly protocol: Pick<HostProtocol, 'connect' | 'signerOf'>;
  /** Replaces the protocol's own client; used by the simulator. */
  readonly connect?: (
    account: HostAccount,
    clock?: Clock,
    learnt?: () => readonly TaughtWords[],
  ) => MemberHost;
  /** The words learnt from this host. */
  readonly learnt: () => readonly TaughtWords[];
}

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

export function createAccount(options: AccountOptions): Account {
  const { baseUrl, appId, appKey, clock, connect, protocol } = options;
  const clientWith = (key: string, by = clock) =>
    connect?.({ baseUrl, appId, appKey: key }, by, options.learnt) ??
    protocol.connect({ baseUrl, appId, appKey: key }, { ...options, clock: by });
  let present = appKey ?? '';
  let client = clientWith(appKey ?? '');
  let signer = appKey === null ? null : protocol.signerOf(appKey);
  return {
    client: () => client,
    signer: () => signer,
    hasKey: () => signer !== null,
    isKey: (typed) => signer !== null && timingSafeEqual(digest(typed), digest(present)),
    changeKey: (key) => {
      // Calls under way with the old key end by themselves; closing would leave them undecided.
      present = key;
      client = clientWith(key);
      signer = protocol.signerOf(key);
    },
    ofKey: (make) => (signer === null ? null : make(present)),
    otherClient: (change) => clientWith(change.appKey ?? present, change.clock),
    close: () => client.close(),
  };
}
