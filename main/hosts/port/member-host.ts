import type { Amount, AppError, EntryCause, PauseReason, Result } from '../../../preload/contract/index.ts';
import type { Clock, Logger, Network } from '../../kernel/ports.ts';

/**
 * The port to whoever keeps the members' accounts, in the words of the core. It says what the outbox, the sender and
 * the look-ups need of a host; how a host is spoken to stays behind it (`main/hosts/kybio`).
 */

/** Where and as whom: the host with any prefix (no trailing slash), and the two credentials. */
export interface HostAccount {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appKey: string;
}

/** The exact bytes of a request and what vouches for them. Made once, sent any number of times. */
export interface SignedBody {
  readonly body: Buffer;
  /** Upper-case hex of MD5 over UTF-8 `trim(appKey) + trim(body)`. */
  readonly signature: string;
  /** Says which key signed, without telling it: first 16 hex digits of SHA-256 over a label and the key. */
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

/** Why an exchange has no complete response. Closed, so that the outcome table is total. */
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

/** One HTTP exchange, whatever became of it. Never thrown, always returned. */
export interface Exchange {
  readonly phase: Phase;
  /** True when the request went out on a socket that had carried another one before. */
  readonly reusedSocket: boolean;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Null when a whole response was read. `code` is the error's own name, for the log. */
  readonly failure: { readonly kind: FailureKind; readonly code: string } | null;
  /** Present once the head of a response was read; `body` is decompressed, and null if incomplete. */
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
 * What an attempt's end means. `not-applied` goes back to `queued` (subject to protocol rule 4),
 * `unknown` may have been applied and is never sent again blindly.
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
      readonly retryAfterMs: number | null;
      readonly messages: readonly string[];
    }
  | {
      readonly kind: 'unknown';
      readonly cause: EntryCause;
      readonly pause: PauseReason | null;
      readonly messages: readonly string[];
      /** Whatever before/after could be read, as evidence. */
      readonly reply: IncrementReply | null;
    };

/** What the attempt was about, and whether the entry had been sent before. */
export interface ExpectedIncrement {
  readonly customerUid: string;
  readonly balanceIncrement: Amount;
  readonly pointIncrement: Amount;
}

/** A member as KYBIO tells it, with what is not needed dropped at the door (security check 26). */
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

/** How many calls the account has made on one of the host's days, whoever made them. */
export interface CallCountDay {
  /** yyyy-MM-dd. */
  readonly day: string;
  /** How many it may make; null where the host does not say. */
  readonly limit: number | null;
  readonly used: number;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** Opaque; hand it back to read the next page. Null on the last page. */
  readonly cursor: string | null;
}

/** Why a read has no value. Reads change nothing, so they need fewer shades than increments. */
export type ReadFailure = {
  /**
   * `nothing` = KYBIO answered and knows no such record; it counts as an answer. `refused` = it answered, and not with
   * what was asked for.
   */
  readonly kind: 'nothing' | 'not-connected' | 'no-answer' | 'paused' | 'refused';
  readonly cause: EntryCause;
  readonly pause: PauseReason | null;
  readonly messages: readonly string[];
  /** `nothing`, told by a record without number, name and sums, as of a member who was deleted. */
  readonly isBlank?: true;
};

export interface Read<T> {
  readonly exchange: Exchange;
  /**
   * The host itself answered, whatever it said. That alone ends no pause: words of a broken back end, or about our
   * credentials, clock or quota, are such an answer too.
   */
  readonly isAnswered: boolean;
  readonly result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly error: ReadFailure };
}

export interface SendOptions {
  /** True for an increment made in the last 10 s: it takes a connection of its own. */
  readonly newConnection: boolean;
  /** Which of the backlog's keep-alive connections, 0-based. */
  readonly slot: number;
  /** Aborts the attempt; before *sent* nothing leaves, after it the outcome is unknown. */
  readonly signal?: AbortSignal;
}

/** The only door to the host, for one account. Every method makes exactly one call and never throws. */
export interface MemberHost {
  sendIncrement(signed: SignedBody, options: SendOptions): Promise<Exchange>;
  readByNumber(number: string): Promise<Read<HostMember>>;
  readByUid(customerUid: string): Promise<Read<HostMember>>;
  readByPhone(phone: string): Promise<Read<readonly HostMember[]>>;
  readMembersPage(cursor: string | null): Promise<Read<Page<HostMember>>>;
  readLog(customerUid: string): Promise<Read<readonly HostLogRow[]>>;
  /** Rows of all members after `since` and up to `until`, store time, at most 31 days apart. */
  readLogOfAll(since: string, until: string, cursor: string | null): Promise<Read<Page<HostLogRow>>>;
  /** The days from `beginDay` to `endDay` that the host tells of, oldest first; at most seven days apart. */
  readCallCount(beginDay: string, endDay: string): Promise<Read<readonly CallCountDay[]>>;
  /** Drops pooled connections: after a wake-up or a change of network. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** Signs for one account with the key that only the main process holds. */
export interface Signer {
  readonly keyFingerprint: string;
  sign(fields: IncrementFields): SignedBody;
  signBody(body: Buffer): SignedBody;
  verify(signed: SignedBody): boolean;
}

/** A reply that the check-up has heard this host say of one thing alone: it counts where it is said whole. */
export interface TaughtWords {
  readonly category: 'duplicate' | 'signature';
  readonly words: readonly string[];
  readonly whole: true;
  readonly source: string;
  /** yyyy-MM-dd. */
  readonly date: string;
}

/** What this host has said to every call, until calls came free again by themselves; as `saidIn` leaves it. */
export interface WordsToAll extends Omit<TaughtWords, 'category'> {
  readonly category: 'refuses-all';
  readonly isGist: true;
}

export type LearntWords = TaughtWords | WordsToAll;

/** An increment that only asks how the host takes it; its bytes may be odd on purpose. */
export interface TestIncrement extends IncrementFields {
  readonly idAsText: boolean;
  readonly validateBalance: boolean;
}

/** What the host said to one test increment, before anybody has read what it did. */
export interface TestAnswer {
  readonly kind:
    | 'not-sent'
    /** No whole answer of the host's: it may have been applied, now or a while from now. */
    | 'lost'
    | 'success'
    /** A success that speaks of somebody else. */
    | 'other-member'
    | 'duplicate'
    | 'rejected'
    /** Credentials, signature, time-stamp, permission, quota: says nothing about the increment. */
    | 'our-fault'
    | 'unknown-words';
  readonly messages: readonly string[];
}

/** An applied outcome, or `unknown` where the reply answers somebody else: see `HostProtocol.createRepeatedReplies`. */
export type UnlessRepeated = (
  exchange: Exchange,
  outcome: Outcome,
  isOfAnother?: (reply: IncrementReply) => boolean,
) => Outcome;

export interface Connecting {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The way out of this computer; straight where absent. */
  readonly network?: Network;
  /** What this host has taught; read anew at each answer. */
  readonly learnt?: () => readonly LearntWords[];
}

/** How one kind of host is spoken to. It holds no account and remembers nothing. */
export interface HostProtocol {
  /** An address as a person gives it, as a base URL. Errors: `host-invalid`, `host-insecure`. */
  checkAddress(text: string): Result<string, AppError>;
  connect(account: HostAccount, by: Connecting): MemberHost;
  signerOf(appKey: string): Signer;
  /** What stored bytes say. Null unless they are exactly what `Signer.sign` makes of the fields returned. */
  readIncrement(body: Buffer): IncrementFields | null;
  /** What the end of an increment's attempt means. Speaks of this attempt alone. */
  meaningOf(exchange: Exchange, expected: ExpectedIncrement, learnt: readonly LearntWords[]): Outcome;
  /** Tells the reply to another increment, said once more, from the reply to this one. Remembers those it has seen. */
  createRepeatedReplies(): UnlessRepeated;
  /** Whether a refusal in these words is understood of every host of this kind, taught or not. */
  isKnown(messages: readonly string[]): boolean;
  /** The bytes of a test increment. */
  testBody(test: TestIncrement): Buffer;
  /** Keeps every shade that `meaningOf` does not, since nothing is sent on its word. */
  testAnswerOf(exchange: Exchange, expected: ExpectedIncrement, learnt: readonly LearntWords[]): TestAnswer;
}
