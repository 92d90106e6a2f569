import type { Amount, AppError, EntryCause, PauseReason, Result } from '../../../preload/contract/index.ts';
import type { Clock, Logger, Network } from '../../kernel/ports.ts';

/**
 * The port to the system with the members' accounts: what outbox, sender and look-ups need of a host. How a host is
 * called is behind it (`main/hosts/kybio`).
 */

/** A host with any prefix (no trailing slash), and the two credentials. */
export interface HostAccount {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appKey: string;
}

/** The exact bytes of a request and their signature. Made once, sent any number of times. */
export interface SignedBody {
  readonly body: Buffer;
  /** Upper-case hex of MD5 over UTF-8 `trim(appKey) + trim(body)`. */
  readonly signature: string;
  /** Identifies the signing key without revealing it: the first 16 hex digits of SHA-256 over a label and the key. */
  readonly keyFingerprint: string;
}

export interface IncrementFields {
  readonly appId: string;
  readonly customerUid: string;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
  /** `yyyy-MM-dd HH:mm:ss`, 24-hour, in the store's time zone. */
  readonly dataChangeTime: string;
}

/** How far an attempt came. `sent` is reached before the first byte is written, never after it. */
export type Phase = 'connecting' | 'sent' | 'answered';

/** Why an exchange has no complete response. A closed list, so that the outcome table is total. */
export type FailureKind =
  | 'dns'
  | 'connection-refused'
  | 'unreachable'
  | 'connect-timeout'
  | 'proxy-refused'
  | 'proxy-password'
  | 'proxy-unreachable'
  | 'proxy-unsupported'
  | 'proxy-unknown'
  | 'tls'
  | 'certificate'
  | 'reset'
  | 'timeout'
  | 'too-large'
  | 'undecodable'
  | 'aborted'
  | 'other';

/** One HTTP exchange with whatever happened. Returned, never thrown. */
export interface Exchange {
  readonly phase: Phase;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Null when a complete response was read. `code` is the error's own name, for the log. */
  readonly failure: { readonly kind: FailureKind; readonly code: string } | null;
  /** Present once a response's head was read; `body` is decompressed, and null if incomplete. */
  readonly response: {
    readonly status: number;
    readonly contentType: string;
    readonly location: string;
    /** The server's `Date` as Unix time in milliseconds. */
    readonly dateMs: number | null;
    /** `Retry-After` in milliseconds, from either of its forms. */
    readonly retryAfterMs: number | null;
    readonly body: Buffer | null;
  } | null;
}

export interface IncrementReply {
  readonly customerUid: string | null;
  readonly balanceBeforeUpdate: Amount | null;
  readonly balanceAfterUpdate: Amount | null;
  readonly pointBeforeUpdate: Amount | null;
  readonly pointAfterUpdate: Amount | null;
  readonly dataChangeTime: string | null;
  readonly updateCustomerTime: string | null;
}

/**
 * What an attempt's end means. `not-applied` returns to `queued` (subject to protocol rule 4); `unknown` may have
 * been applied and is never resent blindly.
 */
export type Outcome =
  | { readonly kind: 'applied'; readonly reply: IncrementReply }
  | {
      readonly kind: 'rejected';
      readonly cause: 'refused-by-kybio';
      readonly messages: readonly string[];
      readonly errorCode: string | null;
    }
  | {
      readonly kind: 'not-applied';
      readonly cause: EntryCause;
      /** False where nothing left the machine. */
      readonly sent: boolean;
      readonly pause: PauseReason | null;
      readonly messages: readonly string[];
    }
  | {
      readonly kind: 'unknown';
      readonly cause: EntryCause;
      readonly pause: PauseReason | null;
      readonly messages: readonly string[];
      /** The sums that could be read, as evidence. */
      readonly reply: IncrementReply | null;
    };

/** The attempt's increment, and whether the entry had been sent before. */
export interface ExpectedIncrement {
  readonly customerUid: string;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
}

/** A member as KYBIO returns it, without unneeded fields (security check 26). */
export interface HostMember {
  readonly customerUid: string;
  readonly number: string;
  readonly name: string;
  readonly categoryName: string;
  readonly phone: string;
  readonly balance: Amount;
  readonly point: Amount;
  /** 1 active, 0 disabled, −1 deleted; null where the reply does not say. */
  readonly enable: number | null;
  /** As KYBIO writes it, `yyyy-MM-dd…` or null. */
  readonly expiryDate: string | null;
}

export interface HostLogRow {
  readonly uid: string | null;
  readonly customerUid: string | null;
  readonly rechargeMoney: Amount;
  readonly giftMoney: Amount;
  readonly datetime: string;
  readonly payMethod: string;
  readonly rechargeStoreAccount: string;
  readonly customerMoneyAfterRecharge: Amount | null;
  readonly remark: string;
}

/** The account's calls on one of the host's days, by anyone. */
export interface CallCountDay {
  /** yyyy-MM-dd. */
  readonly day: string;
  /** The limit; null where the host does not say. */
  readonly limit: number | null;
  readonly used: number;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Opaque; pass it to read the next page. Null on the last page. */
  readonly cursor: string | null;
}

/** Why a read has no value. Coarser than for increments, since reads change nothing. */
export type ReadFailure = {
  /**
   * `nothing`: KYBIO answered and knows no such record, which counts as an answer. `refused`: it answered, but not
   * with what was queried.
   */
  readonly kind: 'nothing' | 'not-connected' | 'no-answer' | 'paused' | 'refused';
  readonly cause: EntryCause;
  readonly pause: PauseReason | null;
  readonly messages: readonly string[];
  /** `nothing`, as a record without number, name and sums, as of a deleted member. */
  readonly isBlank?: true;
};

export interface Read<T> {
  readonly exchange: Exchange;
  /**
   * The host itself answered, whatever it said. That alone ends no pause: errors of a broken back end, our
   * credentials, clock or quota are answers too.
   */
  readonly isAnswered: boolean;
  readonly result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly error: ReadFailure };
}

/**
 * The only access to the host, for one account. Every method makes exactly one call, on a connection of its own, and
 * never throws.
 */
export interface MemberHost {
  /** `signal` aborts the attempt: before _sent_ nothing leaves, after it the outcome is unknown. */
  sendIncrement(signed: SignedBody, signal?: AbortSignal): Promise<Exchange>;
  readByNumber(number: string): Promise<Read<HostMember>>;
  readByUid(customerUid: string): Promise<Read<HostMember>>;
  readByPhone(phone: string): Promise<Read<readonly HostMember[]>>;
  readMembersPage(cursor: string | null): Promise<Read<Page<HostMember>>>;
  readLog(customerUid: string): Promise<Read<readonly HostLogRow[]>>;
  /** Rows of all members after `since` and up to `until`, store time, at most 31 days apart. */
  readLogOfAll(since: string, until: string, cursor: string | null): Promise<Read<Page<HostLogRow>>>;
  /** The reported days from `beginDay` to `endDay`, oldest first; at most seven days apart. */
  readCallCount(beginDay: string, endDay: string): Promise<Read<readonly CallCountDay[]>>;
  /** After a wake-up or a change of network: the way to the host is asked for anew. */
  networkChanged(): void;
  close(): Promise<void>;
}

/** Signs for one account with the key that only the main process has. */
export interface Signer {
  readonly keyFingerprint: string;
  sign(fields: IncrementFields): SignedBody;
  signBody(body: Buffer): SignedBody;
  verify(signed: SignedBody): boolean;
}

/** The host's answer to one test increment, not yet interpreted. */
export interface TestAnswer {
  readonly kind:
    | 'not-sent'
    /** No complete answer, or a success that does not fit: it may have been applied, now or later. */
    | 'lost'
    | 'success'
    /** A success for another member. */
    | 'other-member'
    | 'duplicate'
    | 'rejected'
    /** Credentials, signature, time-stamp, permission, quota: says nothing about the increment. */
    | 'our-fault'
    | 'unknown-words';
  readonly messages: readonly string[];
}

export interface Connecting {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Proxy settings and authorities; a direct connection where absent. */
  readonly network?: Network;
}

/** How one kind of host is called. Has no account and no state. */
export interface HostProtocol {
  /** Normalises a typed address to a base URL. Errors: `host-invalid`, `host-insecure`. */
  checkAddress(text: string): Result<string, AppError>;
  connect(account: HostAccount, by: Connecting): MemberHost;
  signerOf(appKey: string): Signer;
  /** Parses stored bytes. Null unless they are exactly what `Signer.sign` makes of the result. */
  readIncrement(body: Buffer): IncrementFields | null;
  /** Classifies the end of an increment's attempt, for this attempt alone. */
  meaningOf(exchange: Exchange, expected: ExpectedIncrement): Outcome;
  /** More detailed than `meaningOf`, since nothing is sent because of it. */
  testAnswerOf(exchange: Exchange, expected: ExpectedIncrement): TestAnswer;
}
