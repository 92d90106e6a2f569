import type { IncrementFields, SignedBody } from '../kybio/types.ts';

/** Signs for one account with the key that only the main process holds. */
export interface Signer {
  readonly keyFingerprint: string;
  sign(fields: IncrementFields): SignedBody;
  signBody(body: Buffer): SignedBody;
  verify(signed: SignedBody): boolean;
}
