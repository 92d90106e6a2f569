import type { Clock, Random } from '../../kernel/ports.ts';

/**
 * The `dataChangeTime` of an increment's reply: the request's, the host's own second, that one off, that of another
 * zone, or none. KYBIO's documents allow several readings.
 */
export type ReplyTime = 'echo' | 'own' | 'one-off' | 'other-zone' | 'none';

/** A made-up KYBIO over real TCP with a ledger of its own. Tests read that ledger; the app practises against it. */
export interface HostProfile {
  /** The same customerUid and dataChangeTime twice is refused with 重复提交修改. */
  readonly refusesDuplicates: boolean;
  /** API increments appear in the recharge log. */
  readonly keepsRechargeLog: boolean;
  /** Recharge rows carry the request's dataChangeTime rather than the host's own time. */
  readonly logCarriesDataChangeTime: boolean;
  /** Decimals of balances and points that survive (the rest is cut off). */
  readonly decimals: number;
  /** `exact` digits, `rounded` through a double as in KYBIO's sample, or `string`. */
  readonly ids: 'exact' | 'rounded' | 'all-rounded' | 'string';
  readonly amountsAsStrings: boolean;
  readonly replyTime: ReplyTime;
  /** What an increment's reply leaves out: fields that are zero, or all of a part that was not moved. */
  readonly leavesOut: 'nothing' | 'zeros' | 'unmoved';
  readonly compression: 'none' | 'gzip' | 'deflate';
  /** How `status` is spelled. */
  readonly statusCase: 'lower' | 'upper';
  /** False leaves `messages` and `errorCode` out of successes. */
  readonly sendsMessages: boolean;
  /** Offered only by some hosts; without, the call answers status error. */
  readonly hasQueryByUid: boolean;
  readonly hasQueryBytel: boolean;
  /** Whether it reports the calls made per day. */
  readonly hasCallCount: boolean;
  /** Null = any Time-stamp is taken. */
  readonly timeStampToleranceMs: number | null;
  /** Null = no quota. */
  readonly dailyCalls: number | null;
  /** The answer to every call beyond it: the real host's words are unknown. */
  readonly quotaWords: string;
  /** For balances and points alike. */
  readonly allowsNegativeBalance: boolean;
  /** No page says what a `postBackParameter` is made of; public clients meet an object. */
  readonly postBackParameter: 'object' | 'text';
}

/** A fault of one request. `before`: the increment is not applied; `after`: it is, and the reply suffers. */
export type Fault =
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
  | { readonly kind: 'delay'; readonly delayMs: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'truncate' }
  | { readonly kind: 'slow-drip'; readonly everyMs: number }
  | { readonly kind: 'portal' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly when: 'before' | 'after';
    }
  | {
      readonly kind: 'error';
      readonly messages: readonly string[];
      readonly errorCode?: number | string;
      readonly when: 'before' | 'after';
    }
  | {
      readonly kind: 'body';
      readonly body: string;
      readonly contentType?: string;
      readonly when: 'before' | 'after';
    }
  | { readonly kind: 'other-member' }
  | { readonly kind: 'other-sums' }
  | LogFault;

/** Errors in the recharge log of all members, in otherwise good answers. */
export type LogFault =
  /** Rows of the last milliseconds are missing. */
  | { readonly kind: 'log-late'; readonly byMs: number }
  /** The page ends early, as if it were the last. */
  | { readonly kind: 'log-cut'; readonly rows: number }
  /** Always the first page, with a new cursor. */
  | { readonly kind: 'log-first-page' }
  /** From the third page on the cursor is the first page's: following it loops. */
  | { readonly kind: 'log-loop' }
  /** Times of a zone so many hours ahead. */
  | { readonly kind: 'log-hours'; readonly hours: number }
  /** Times are cut off after so many characters. */
  | { readonly kind: 'log-short-times'; readonly characters: number }
  /** Sums have so many decimals, whatever was credited. */
  | { readonly kind: 'log-decimals'; readonly decimals: number; readonly by: 'half-up' | 'cut' }
  /** One member's rows are under another's id, as after merging two cards. */
  | { readonly kind: 'log-merged'; readonly from: string; readonly into: string };

export interface FaultRule {
  readonly fault: Fault;
  /** Which call, by its method's name, e.g. `updateBalancePointByIncrement`; all where absent. */
  readonly method?: string;
  /** How many requests it affects; for ever where absent. */
  readonly times?: number;
}

export interface LedgerMember {
  readonly customerUid: string;
  readonly number: string;
  readonly name: string;
  readonly phone: string;
  readonly categoryName: string;
  readonly balance: string;
  readonly point: string;
  readonly enable: number;
  readonly expiryDate: string | null;
}

/** One request as the host received it, in order of arrival. */
export interface LedgerCall {
  readonly number: number;
  readonly atMs: number;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signatureValid: boolean;
  /** Whether the host applied it, whatever the caller received. */
  readonly applied: boolean;
  readonly fault: Fault['kind'] | null;
  /** Distinguishes sockets: two calls with the same value came over one connection. */
  readonly connection: number;
}

/** An increment that the host applied. */
export interface LedgerIncrement {
  readonly callNumber: number;
  readonly customerUid: string;
  readonly balanceIncrement: string;
  readonly pointIncrement: string;
  readonly dataChangeTime: string;
  readonly balanceBefore: string;
  readonly balanceAfter: string;
  readonly pointBefore: string;
  readonly pointAfter: string;
  /** Unix time in milliseconds by the host's clock. */
  readonly atMs: number;
  /** Made by a person in the back office: the log always lists it. */
  readonly backOffice?: BackOffice | undefined;
}

export interface BackOffice {
  readonly payMethod: string;
  readonly account: string;
  /** The gift part of the increment. */
  readonly gift: string;
}

/** What a person tops up in the back office. */
export interface BackOfficeTopUp extends Partial<BackOffice> {
  readonly customerUid: string;
  /** The total for the member, with the gift. */
  readonly sum: string;
  /** Now where absent. */
  readonly atMs?: number;
}

export interface PracticeStoreOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** `practiceMembers` where absent. */
  readonly members?: readonly LedgerMember[];
  /** Differences from `documentedHost`. */
  readonly profile?: Partial<HostProfile>;
  /** 0, the default, is the port that the ledger file remembers if it is free, else any free one. */
  readonly port?: number;
  /** The prefix between port and `/openapi`; `/pospal-api2` where absent. */
  readonly prefix?: string;
  /**
   * JSON lines, appended before each reply, so that sums, credentials and port outlive a kill. Its
   * folder is made. Without it the store forgets everything on close.
   */
  readonly ledgerFile?: string;
  /** IANA name; `Asia/Singapore` where absent. */
  readonly storeTimeZone?: string;
  /** Made from `random` where absent, unless the ledger file remembers them. */
  readonly appId?: string;
  readonly appKey?: string;
}

export interface PracticeStore {
  /** `http://127.0.0.1:PORT` with the prefix, ready to be the app's KYBIO address. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly appKey: string;
  readonly port: number;
  profile(): HostProfile;
  /** Throws for an id that this store never had. */
  member(customerUid: string): LedgerMember;
  members(): readonly LedgerMember[];
  calls(): readonly LedgerCall[];
  increments(): readonly LedgerIncrement[];
  /** Resolves once a call satisfies it, at once if one already did. */
  waitForCall(matches: (call: LedgerCall) => boolean): Promise<LedgerCall>;
  setProfile(profile: Partial<HostProfile>): void;
  /** Faults are used up in the order they were added; the first rule that matches a request is taken. */
  addFault(rule: FaultRule): void;
  clearFaults(): void;
  /** Simulates another writer: changes a member's sums without this till. */
  adjust(customerUid: string, balance: string, point: string): void;
  setMember(customerUid: string, change: Partial<LedgerMember>): void;
  /** A person tops a member up in the back office. */
  recharge(topUp: BackOfficeTopUp): void;
  /** Out: the listener is closed and every socket destroyed, so connections are refused. In: same port again. */
  setPlug(plugIn: boolean): Promise<void>;
  plugIn(): boolean;
  /** The next increment is applied and its reply never arrives. */
  setLoseNextReply(lose: boolean): void;
  loseNextReply(): boolean;
  /** Calls back when plug or lost reply change, e.g. when the lost reply was used up. */
  onSwitch(listener: () => void): () => void;
  close(): Promise<void>;
}
