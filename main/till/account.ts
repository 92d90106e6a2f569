import { signBody, signIncrement, verifySignature } from '../kybio/body.ts';
import { createKybioClient } from '../kybio/client.ts';
import { fingerprintOf } from '../kybio/signature.ts';
import type { KybioClient } from '../kybio/types.ts';
import type { Clock, Logger } from '../ports.ts';
import type { Signer } from '../sync/signer.ts';

/** One account's client and signer, which change together when its key does. */
export interface Account {
  /** Without a key it can sign nothing and KYBIO would refuse its reads; see `hasKey`. */
  client(): KybioClient;
  signer(): Signer | null;
  hasKey(): boolean;
  changeKey(appKey: string): void;
  close(): Promise<void>;
}

export interface AccountOptions {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appKey: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function signerOf(appKey: string): Signer {
  return {
    keyFingerprint: fingerprintOf(appKey),
    sign: (fields) => signIncrement(fields, appKey),
    signBody: (body) => signBody(body, appKey),
    verify: (signed) => verifySignature(signed, appKey),
  };
}

export function createAccount({ baseUrl, appId, appKey, clock, logger }: AccountOptions): Account {
  const clientWith = (key: string) =>
    createKybioClient({ account: { baseUrl, appId, appKey: key }, clock, logger });
  let client = clientWith(appKey ?? '');
  let signer = appKey === null ? null : signerOf(appKey);
  return {
    client: () => client,
    signer: () => signer,
    hasKey: () => signer !== null,
    changeKey: (key) => {
      // What is under way with the old key ends by itself; closing would leave it undecided.
      client.dropConnections();
      client = clientWith(key);
      signer = signerOf(key);
    },
    close: () => client.close(),
  };
}
