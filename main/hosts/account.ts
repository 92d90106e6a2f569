import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, Logger, Network } from '../kernel/ports.ts';
import type { HostAccount, HostProtocol, MemberHost, Signer } from './port/member-host.ts';

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
  readonly connect?: (account: HostAccount) => MemberHost;
}

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

export function createAccount(options: AccountOptions): Account {
  const { baseUrl, appId, appKey, connect, protocol } = options;
  const clientWith = (key: string) =>
    connect?.({ baseUrl, appId, appKey: key }) ?? protocol.connect({ baseUrl, appId, appKey: key }, options);
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
    close: () => client.close(),
  };
}
