import { z } from 'zod';
import { amountSchema, count, timeMs, uid } from '../kernel/scalars.ts';
import { MAX_TENDER_LENGTH } from './tenders.ts';

// An entry is described here once: each fact by its name, its type and who sees it. Where main stores it, since which
// format and how an export tells it: `main/ledger/tables/entry-facts.ts`.

/** The states of an increment, as in the protocol, "The entry and its states". */
export const entryStates = [
  'queued',
  'sending',
  'confirmed',
  'rejected',
  'unknown',
  'review',
  'cancelled',
] as const;
export const entryStateSchema = z.enum(entryStates);
export type EntryState = z.infer<typeof entryStateSchema>;

/** What an increment is for. A reversal takes back a confirmed entry and names it. */
export const entryKinds = ['top-up', 'award', 'reversal'] as const;
export const entryKindSchema = z.enum(entryKinds);
export type EntryKind = z.infer<typeof entryKindSchema>;

/** Why an entry is not settled yet, or how it ended; the screen has words for each (`causes.<cause>`). */
export const entryCauses = [
  // Nothing left the machine
  'dns',
  'connection-refused',
  'unreachable',
  'connect-timeout',
  'proxy-refused',
  'proxy-password',
  'proxy-unreachable',
  'proxy-unsupported',
  'proxy-unknown',
  'tls',
  'certificate',
  'aborted-before-sending',
  'not-sent',
  // Refused before processing
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'refused-status',
  'overloaded',
  // May have been applied
  'reply-lost',
  'timeout',
  'truncated',
  'unreadable',
  'portal-page',
  'not-kybio',
  'server-error',
  'back-end-error',
  'duplicate',
  'unknown-words',
  'reused-socket-error',
  'other-status',
  'other-member',
  'other-amounts',
  'contradicts-itself',
  'aborted',
  'restarted',
  // Ended
  'refused-by-kybio',
  // Never sent: its signature does not fit its bytes
  'not-vouched-for',
  // For a manager to look at
  'evidence-unclear',
  'restored',
  'sent-before',
  // KYBIO has named somebody else as the one who has the card it was entered for
  'card-of-another',
  // Taken up from a receipt; of the other one that said that KYBIO had confirmed it
  'from-receipt',
  'from-confirmed-receipt',
  'possible-double',
  'possible-missing',
  'cancelled-by-cashier',
  'replaced',
] as const;
export const entryCauseSchema = z.enum(entryCauses);
export type EntryCause = z.infer<typeof entryCauseSchema>;

/** Terms that come with the form's request. Null is what was not so, and what nobody knows of entries from before. */
export const typedTerms = {
  /** How the member paid: `cash`, `card`, `qr`, `transfer`, or `own:` and the shop's name for it. */
  tender: z.string().max(MAX_TENDER_LENGTH).nullable(),
  /** What the member handed over, where it was more than the sum: the change is the difference. */
  given: amountSchema.nullable(),
  /** The part of the increment that is bonus, with its sign; the rest is principal. */
  bonus: amountSchema.nullable(),
  /** The purchase that the points were counted from. */
  purchase: amountSchema.nullable(),
  /** Why points were awarded: one of the shop's reasons. */
  reason: z.string().max(100).nullable(),
  /** The version of the shop's rules that held. */
  rulesVersion: count.nullable(),
} as const;

/** What was agreed at the counter beside the increment itself. The rest of it main says. */
export const entryTermsSchema = z.object({
  ...typedTerms,
  /** The name of the bonus rule that gave. */
  rule: z.string().max(100).nullable(),
  /** Who approved it with a PIN of their own, as the journal names people. */
  approvedBy: z.string().max(180).nullable(),
  /** Bonus that a reversal did not take back: the member had spent it, and a manager let it go. */
  bonusLetGo: amountSchema.nullable(),
  /** The id of the bonus rule that gave; null where it is from before rules had one. */
  ruleId: z.string().max(40).nullable(),
});
export type EntryTerms = z.infer<typeof entryTermsSchema>;

/** Seen on the page as they are. */
export const shownFacts = {
  id: z.string().max(40),
  createdAtMs: timeMs,
  kind: entryKindSchema,
  customerUid: uid,
  balanceIncrement: amountSchema,
  pointIncrement: amountSchema,
  /** Who entered it, as people read it. */
  actor: z.string().max(100),
  note: z.string().max(200),
  terms: entryTermsSchema,
  state: entryStateSchema,
  cause: entryCauseSchema.nullable(),
  balanceBefore: amountSchema.nullable(),
  balanceAfter: amountSchema.nullable(),
  pointBefore: amountSchema.nullable(),
  pointAfter: amountSchema.nullable(),
  attempts: count,
} as const;

/** Which entry of another till, or of this one before its data was lost, a receipt has brought here. */
export interface EntryOrigin {
  /** The id of the till that made it; null on a paper from before tills had one. */
  readonly till: string | null;
  /** The epoch of that till's journal in which it was made; null as above. */
  readonly epoch: string | null;
  /** The number on the paper. */
  readonly number: number | null;
}

/** Seen by main and in exports; the page has some of them in other words. */
export interface UnshownFacts {
  readonly sequence: number;
  readonly requestId: string;
  readonly till: string;
  readonly accountHost: string;
  readonly accountAppId: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly dataChangeTime: string;
  readonly storeDay: string;
  /** The id of the entry that a reversal takes back. */
  readonly corrects: string | null;
  /** Where it came from by a paper; null of what was entered here. */
  readonly origin: EntryOrigin | null;
  /** Who entered it; null where nobody was set up. */
  readonly personId: string | null;
  /** 1 when it was added, one more after every step. */
  readonly version: number;
  /** An attempt of it was or may have been at KYBIO. */
  readonly touched: boolean;
  /** KYBIO's own words, as they came. */
  readonly messages: readonly string[];
  readonly notBeforeMs: number;
  readonly settledAtMs: number | null;
  /** Somebody has seen that KYBIO refused it. */
  readonly acknowledged: boolean;
}

/** All that is known of an entry itself. */
export type EntryFacts = Readonly<z.infer<z.ZodObject<typeof shownFacts>>> & UnshownFacts;
