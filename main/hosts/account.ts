import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, Logger, Network } from '../kernel/ports.ts';
import type { HostAccount, HostProtocol, LearntWords, MemberHost, Signer } from './port/member-host.ts';

/** One account's client and signer, which change together when its key does. */
export interface Account {
  /** Without a key it can sign nothing and KYBIO would refuse its reads; see `hasKey`. */
  client(): MemberHost;
  signer(): Signer | null;
  hasKey(): boolean;
  /** Whether this is its key; takes as long for a wrong one as for the right one. False where it has none. */
  isKey(typed: string): boolean;
  changeKey(appKey: string): void;
  /** What somebody makes of its present key; null where it has none. */
  ofKey<T>(make: (appKey: string) => T): T | null;
  /** A client of its own that differs in its key or its clock, for asking how KYBIO takes that; the caller closes it. */
  otherClient(change: { readonly appKey?: string; readonly clock?: Clock }): MemberHost;
  close(): Promise<void>;
}

export interface AccountOptions {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appKey: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The way out of this computer; straight where absent. */
  readonly network?: Network;
  readonly protocol: Pick<HostProtocol, 'connect' | 'signerOf'>;
  /** How to reach the host, in place of the protocol's own way. The simulator brings its own. */
  readonly connect?: (
    account: HostAccount,
    clock?: Clock,
    learnt?: () => readonly LearntWords[],
  ) => MemberHost;
  /** What this host has taught. */
  readonly learnt: () => readonly LearntWords[];
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
      // What is under way with the old key ends by itself; closing would leave it undecided.
      client.dropConnections();
      present = key;
      client = clientWith(key);
      signer = protocol.signerOf(key);
    },
    ofKey: (make) => (signer === null ? null : make(present)),
    otherClient: (change) => clientWith(change.appKey ?? present, change.clock),
    close: () => client.close(),
  };
}
