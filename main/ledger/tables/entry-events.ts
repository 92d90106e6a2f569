import type { Amount, EntryCause, EntryState } from '../../../preload/contract/index.ts';
import type { IncrementReply, Phase, SignedBody } from '../../hosts/port/index.ts';
import type { RecordedEntry, StatedFacts, Unnamed } from '../entry-types.ts';
import { blankOf } from './fact-columns.ts';
import type { MemberReference } from './named-members.ts';

/** An entry's events as journal rows have them; time and actor are columns of the row. */
export type EntryEvent =
  /** Without what the signed bytes say (member, amounts, second). */
  | {
      readonly event: 'added';
      readonly member: MemberReference;
      readonly facts: Unnamed<StatedFacts>;
      readonly signed: SignedBody;
    }
  /**
   * Adopted by a chain with another key as it was, unproven; or, where the row has an actor, imported from a receipt.
   */
  | {
      readonly event: 'adopted';
      readonly member: MemberReference;
      readonly entry: Unnamed<RecordedEntry>;
      readonly signed: SignedBody | null;
    }
  | {
      readonly event: 'sending';
      readonly attempt: number;
      readonly baseline: { readonly balance: Amount; readonly point: Amount; readonly atMs: number } | null;
    }
  | {
      readonly event: 'ended';
      /** The attempt's. */
      readonly number: number;
      readonly attempt: {
        readonly phase: Phase;
        readonly outcome: 'applied' | 'rejected' | 'not-applied' | 'unknown';
        readonly cause: EntryCause | null;
        readonly httpStatus: number | null;
        readonly failure: string | null;
        readonly messages: readonly string[];
      };
      readonly reply: IncrementReply | null;
      /** The entry after the attempt (`settle`). */
      readonly entry: {
        readonly state: EntryState;
        readonly touched: boolean;
        readonly cause: EntryCause | null;
        readonly messages: readonly string[];
      };
    }
  | { readonly event: 'interrupted' }
  | { readonly event: 'cancelled' }
  | { readonly event: 'quarantined' | 'sent-to-review'; readonly cause: EntryCause }
  | {
      readonly event: 'decided';
      readonly state: EntryState;
      readonly cause: EntryCause | null;
      readonly reason: string;
      readonly evidence: unknown;
    }
  | { readonly event: 'resigned'; readonly signature: string; readonly keyFingerprint: string }
  | { readonly event: 'acknowledged' }
  /** A corrected tender: changes no state and nothing that is sent (ADR 66). */
  | {
      readonly event: 'tender-changed';
      /** The form's, so that it is done once. */
      readonly requestId: string;
      /** Null if it was never asked for. */
      readonly was: string | null;
      readonly was_given_e4: string | null;
      readonly tender: string;
      readonly given_e4: string | null;
      readonly approvedBy: string | null;
    };

export type EntryEventName = EntryEvent['event'];

/** An event as a journal row stores it. */
export interface StoredEvent {
  readonly event: string;
  readonly version: number;
  readonly reason: string;
  /** A JSON list; signed bytes follow on a line of their own, byte for byte. */
  readonly content: string;
}

/** A newer program wrote this row: reading on would be guessing. */
export class UnknownEvent extends Error {
  constructor(row: Pick<StoredEvent, 'event' | 'version'>) {
    super(`no reader for ${row.event} ${row.version}`);
  }
}

/** The version in which every event is written. A later one comes beside it, with a reader of its own. */
const VERSION = 1;

/** The order of the stated values in an `added` row, after the number and digest of the member. */
const statedNames = [
  'id',
  'till',
  'request_id',
  'kind',
  'store_day',
  'cashier',
  'note',
  'corrects',
  'tender',
  'given_e4',
  'bonus_e4',
  'purchase_e4',
  'reason',
  'rules_version',
  'rule',
  'approved_by',
  'bonus_let_go_e4',
  'rule_id',
  'origin_till',
  'origin_epoch',
  'origin_number',
  'person_id',
] as const satisfies readonly (keyof Unnamed<StatedFacts>)[];

const blankFacts = blankOf(statedNames.map((name) => [name, null] as const));

/** The stated values by name; missing ones are null. */
function statedIn(values: readonly unknown[]): Unnamed<StatedFacts> {
  const stated = { ...blankFacts };
  for (const [index, name] of statedNames.entries()) stated[name] = values[index] ?? null;
  return stated as Unnamed<StatedFacts>;
}

type Reader = (content: unknown, reason: string, bytes: string) => EntryEvent;

/** Drops trailing nulls: most attempts end without messages, failure and cause. */
function trimmed(list: readonly unknown[]): readonly unknown[] {
  const end = list.findLastIndex((value) => value !== null);
  return list.slice(0, end + 1);
}

const replyNames = [
  'customerUid',
  'balanceBeforeUpdate',
  'balanceAfterUpdate',
  'pointBeforeUpdate',
  'pointAfterUpdate',
  'dataChangeTime',
  'updateCustomerTime',
] as const satisfies readonly (keyof IncrementReply)[];

const listOf = (content: unknown): readonly unknown[] => {
  if (!Array.isArray(content)) throw new TypeError('an event is no list');
  return content;
};

/** Values by name, in the order of the list; missing ones are null. */
function named<T, N extends keyof T & string>(names: readonly N[], values: readonly unknown[]): Pick<T, N> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])) as Pick<T, N>;
}

type ReplyNames = (typeof replyNames)[number];

const replyList = (reply: IncrementReply | null): readonly unknown[] | null =>
  reply === null ? null : trimmed(replyNames.map((name) => reply[name]));

/** The signed bytes are the host's JSON, in UTF-8. */
const signedOf = (body: string, signature: unknown, keyFingerprint: unknown): SignedBody => ({
  body: Buffer.from(body, 'utf8'),
  signature: String(signature),
  keyFingerprint: String(keyFingerprint),
});

function referenceIn(number: unknown, digest: unknown): MemberReference {
  if (typeof number !== 'number' || typeof digest !== 'string') throw new TypeError('nobody is named');
  return { number, digest };
}

/** The values of an event. */
function listFor(event: EntryEvent): readonly unknown[] {
  switch (event.event) {
    case 'added': {
      const { signature, keyFingerprint } = event.signed;
      const facts = statedNames.map((name) => event.facts[name]);
      const { number, digest } = event.member;
      return [signature, keyFingerprint, number, digest, ...trimmed(facts)];
    }
    case 'adopted': {
      const { signed, entry, member } = event;
      const signature = signed === null ? [] : [signed.signature, signed.keyFingerprint];
      return [entry, member.number, member.digest, ...signature];
    }
    case 'sending': {
      const { balance = null, point = null, atMs = null } = event.baseline ?? {};
      return trimmed([event.attempt, balance, point, atMs]);
    }
    case 'ended': {
      const { attempt, entry } = event;
      const ofAttempt = [
        event.number,
        attempt.phase,
        attempt.outcome,
        attempt.cause,
        attempt.httpStatus,
        attempt.failure,
        attempt.messages.length === 0 ? null : attempt.messages,
      ];
      const ofEntry = [
        entry.state,
        entry.touched ? 1 : 0,
        entry.cause,
        entry.messages.length === 0 ? null : entry.messages,
      ];
      return trimmed([...ofAttempt, replyList(event.reply), ...ofEntry]);
    }
    case 'decided':
      return trimmed([event.state, event.cause, event.evidence ?? null]);
    case 'resigned':
      return [event.signature, event.keyFingerprint];
    case 'tender-changed':
      return trimmed([event.was, event.was_given_e4, event.tender, event.given_e4, event.approvedBy]);
    case 'interrupted':
    case 'cancelled':
    case 'quarantined':
    case 'sent-to-review':
    case 'acknowledged':
      return [];
  }
}

const reasonOf = (event: EntryEvent): string => {
  if (event.event === 'quarantined' || event.event === 'sent-to-review') return event.cause;
  if (event.event === 'tender-changed') return event.requestId;
  return event.event === 'decided' ? event.reason : '';
};

const readers: Readonly<Record<EntryEventName, Reader>> = {
  added: readAdded,
  adopted: readAdopted,
  sending: (content) => {
    const [attempt, balance, point, atMs] = listOf(content) as [number, Amount, Amount, number];
    const baseline = balance === undefined ? null : { balance, point, atMs };
    return { event: 'sending', attempt, baseline };
  },
  ended: readEnded,
  interrupted: () => ({ event: 'interrupted' }),
  cancelled: () => ({ event: 'cancelled' }),
  quarantined: (_, reason) => ({ event: 'quarantined', cause: reason as EntryCause }),
  'sent-to-review': (_, reason) => ({ event: 'sent-to-review', cause: reason as EntryCause }),
  decided: (content, reason) => {
    const [state, cause, evidence] = listOf(content) as [EntryState, EntryCause | undefined, unknown];
    return { event: 'decided', state, cause: cause ?? null, reason, evidence: evidence ?? null };
  },
  resigned: (content) => {
    const [signature, keyFingerprint] = listOf(content).map(String);
    return { event: 'resigned', signature: signature ?? '', keyFingerprint: keyFingerprint ?? '' };
  },
  acknowledged: () => ({ event: 'acknowledged' }),
  'tender-changed': (content, requestId) => {
    const [was = null, was_given_e4 = null, tender, given_e4 = null, approvedBy = null] = listOf(content) as (
      | string
      | null
    )[];
    return {
      event: 'tender-changed',
      requestId,
      was,
      was_given_e4,
      tender: String(tender),
      given_e4,
      approvedBy,
    };
  },
};

function readAdded(content: unknown, _: string, bytes: string): EntryEvent {
  const [signature, keyFingerprint, number, digest, ...values] = listOf(content);
  return {
    event: 'added',
    member: referenceIn(number, digest),
    facts: statedIn(values),
    signed: signedOf(bytes, signature, keyFingerprint),
  };
}

function readAdopted(content: unknown, _: string, bytes: string): EntryEvent {
  const [entry, number, digest, signature, keyFingerprint] = listOf(content);
  const signed = bytes === '' ? null : signedOf(bytes, signature, keyFingerprint);
  const member = referenceIn(number, digest);
  return { event: 'adopted', member, entry: entry as Unnamed<RecordedEntry>, signed };
}

function readEnded(content: unknown): EntryEvent {
  const list = listOf(content);
  const [number, phase, outcome, cause = null, httpStatus = null, failure = null, messages] = list;
  const [reply, state, touched, entryCause = null, entryMessages] = list.slice(7);
  const attempt = {
    phase,
    outcome,
    cause,
    httpStatus,
    failure,
    messages: messages ?? [],
  };
  const entry = {
    state,
    touched: touched === 1,
    cause: entryCause,
    messages: entryMessages ?? [],
  };
  const read = { event: 'ended', number, attempt, entry };
  return {
    ...read,
    reply: Array.isArray(reply) ? named<IncrementReply, ReplyNames>(replyNames, reply) : null,
  } as EntryEvent;
}

export const storeEvent = (event: EntryEvent): StoredEvent => ({
  event: event.event,
  version: VERSION,
  reason: reasonOf(event),
  content: `${JSON.stringify(listFor(event))}${bytesOf(event)}`,
});

function bytesOf(event: EntryEvent): string {
  const signed = event.event === 'added' || event.event === 'adopted' ? event.signed : null;
  // JSON.stringify writes no line break.
  return signed === null ? '' : `\n${signed.body.toString('utf8')}`;
}

/** The `named_member` row that a journal row refers to; null for other and unreadable rows. */
export function referenceOf(row: StoredEvent): MemberReference | null {
  if (row.event !== 'added' && row.event !== 'adopted') return null;
  try {
    const event = readEvent(row);
    return 'member' in event ? event.member : null;
  } catch {
    return null;
  }
}

/** Throws `UnknownEvent` for a newer program's row, and another error for an unreadable one. */
export function readEvent(row: StoredEvent): EntryEvent {
  const isKnown = Object.hasOwn(readers, row.event) && row.version === VERSION;
  const reader = isKnown ? readers[row.event as EntryEventName] : undefined;
  if (reader === undefined) throw new UnknownEvent(row);
  const end = row.content.indexOf('\n');
  const [list, bytes] = end < 0 ? [row.content, ''] : [row.content.slice(0, end), row.content.slice(end + 1)];
  return reader(JSON.parse(list), row.reason, bytes);
}
