import { LosslessNumber, stringify } from 'lossless-json';
import type { HostProfile, LogFault } from './types.ts';
import { madeUpErrorCode } from './words.ts';

export interface Refusal {
  readonly ok: false;
  readonly messages: readonly string[];
  readonly errorCode: number | string | null;
}

export interface Success {
  readonly ok: true;
  readonly data: unknown;
  /** True where the call changed the ledger. */
  readonly applied: boolean;
}

/** What the host decided about one business call. */
export type Answer = Success | Refusal;

export const refuse = (message: string): Refusal => ({
  ok: false,
  messages: [message],
  errorCode: madeUpErrorCode,
});

export const succeed = (data: unknown): Success => ({ ok: true, data, applied: false });

/** An id as a JSON token. */
export const writeId = (digits: string, profile: HostProfile): LosslessNumber | string =>
  profile.ids === 'string'
    ? digits
    : new LosslessNumber(profile.ids === 'all-rounded' ? String(Number(digits)) : digits);

/**
 * An id in an increment's reply, where KYBIO's sample returns …452 as …460. A host that rounds look-ups as well is
 * unusable for these members, since the true id is never known: the check-up finds it, and the till does not credit
 * them.
 */
export const writeEchoedId = (digits: string, profile: HostProfile): LosslessNumber | string =>
  profile.ids === 'rounded' ? new LosslessNumber(String(Number(digits))) : writeId(digits, profile);

/** An amount as a JSON token, digit for digit. */
export const writeAmount = (decimal: string, profile: HostProfile): LosslessNumber | string =>
  profile.amountsAsStrings ? decimal : new LosslessNumber(decimal);

/** KYBIO's envelope as JSON text. */
export function writeEnvelope(answer: Answer, profile: HostProfile): string {
  const word = answer.ok ? 'success' : 'error';
  const status = profile.statusCase === 'upper' ? word.toUpperCase() : word;
  if (!answer.ok) {
    return text({ status, messages: answer.messages, errorCode: answer.errorCode });
  }
  if (!profile.sendsMessages) return text({ status, data: answer.data });
  return text({ status, messages: [], errorCode: null, data: answer.data });
}

function text(value: unknown): string {
  const json = stringify(value);
  if (json === undefined) throw new TypeError('an envelope is always JSON');
  return json;
}

/** A reply that lies about whom it credited, or by how much, or about what its log holds. */
export type Lie = 'other-member' | 'other-sums' | LogFault | null;
