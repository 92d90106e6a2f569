import { createHash, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { Random } from '../ports.ts';
import { type Frame, openUnder, type Sealer, sealUnder } from './frames.ts';

// What the tills of one account write for each other: sealed under its App key, which all of them have.

export interface AccountDesk {
  readonly appKey: string;
  readonly account: { readonly host: string; readonly appId: string };
}

/** Its name without the version, and the version that this program writes and reads. */
export interface AccountFormat {
  readonly kind: string;
  readonly version: number;
}

const headSchema = z
  .object({
    format: z.string().max(100),
    /** Identifies the account without naming it. */
    account: z.string().regex(/^[0-9a-f]{64}$/),
    /** Gives each file a key of its own. */
    salt: z.string().max(64),
  })
  .strict();

const nameOf = ({ kind, version }: AccountFormat): string => `${kind} ${version}`;

const accountText = ({ host, appId }: AccountDesk['account']): string => JSON.stringify([host, appId]);

const accountOf = (format: AccountFormat, { account }: AccountDesk): string =>
  createHash('sha256')
    .update(`${nameOf(format)}\n${accountText(account)}`)
    .digest('hex');

const secretOf = (format: AccountFormat, { appKey, account }: AccountDesk): Buffer =>
  Buffer.from(hkdfSync('sha256', appKey.trim(), accountText(account), nameOf(format), 32));

export function sealForAccount(
  format: AccountFormat,
  desk: AccountDesk,
  random: Pick<Random, 'bytes'>,
): Sealer {
  const salt = random.bytes(32).toString('base64');
  const head = JSON.stringify({ format: nameOf(format), account: accountOf(format, desk), salt });
  return sealUnder(secretOf(format, desk), Buffer.from(head, 'utf8'));
}

/** Parses the head; null where it is not of this kind, in whatever version. */
function headOf({ kind }: AccountFormat, frame: Frame): z.infer<typeof headSchema> | null {
  if (frame.kind !== 'head') return null;
  try {
    const head = headSchema.parse(JSON.parse(frame.content.toString('utf8')));
    return head.format.startsWith(`${kind} `) ? head : null;
  } catch {
    return null;
  }
}

export const isHeadOf = (format: AccountFormat, frame: Frame): boolean => headOf(format, frame) !== null;

/** Opens the frames after this head, or says why they are not for this account or program. */
export function openForAccount(
  format: AccountFormat,
  desk: AccountDesk,
  first: Frame,
): ((frame: Frame) => Buffer | null) | 'foreign' | 'newer' | 'other-account' {
  const head = headOf(format, first);
  if (head === null) return 'foreign';
  if (head.format !== nameOf(format)) return 'newer';
  if (head.account !== accountOf(format, desk)) return 'other-account';
  return openUnder(secretOf(format, desk), first.content);
}
