import { z } from 'zod';
import type { VaultSecrets } from '../../people/index.ts';

/** The keys of a moved till, sealed with the file. */
export type MovedSecrets = Pick<VaultSecrets, 'appKey' | 'pinPepper' | 'journalKey'>;

const KEY_BYTES = 32;
const key = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === KEY_BYTES);
const movedSchema = z.object({
  version: z.literal(1),
  appKey: z.string().min(1),
  pinPepper: key,
  journalKey: key,
});

export const secretsBytes = ({ appKey, pinPepper, journalKey }: MovedSecrets): Buffer =>
  Buffer.from(
    JSON.stringify({
      version: 1,
      appKey,
      pinPepper: pinPepper.toString('base64'),
      journalKey: journalKey.toString('base64'),
    }),
  );

/** Null where these are no secrets of this format. */
export function readSecrets(bytes: Buffer): MovedSecrets | null {
  try {
    const { appKey, pinPepper, journalKey } = movedSchema.parse(JSON.parse(bytes.toString('utf8')));
    return { appKey, pinPepper, journalKey };
  } catch {
    return null;
  }
}
