import { z } from 'zod';
import { amountSchema, count, timeMs, uid } from '../kernel/scalars.ts';
import { MAX_TENDER_LENGTH } from './tenders.ts';

// The facts of an entry: name, type and who sees them. How main stores and exports them:
// `main/ledger/tables/entry-facts.ts`.

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

/** A reversal takes back a confirmed entry and names it. */
export const entryKinds = ['top-up', 'award', 'reversal'] as const;
export const entryKindSchema = z.enum(entryKinds);
export type EntryKind = z.infer<typeof entryKindSchema>;

/** Why an entry is not settled, or how it ended; in words: `causes.<cause>`. */
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
  'other-status',
  'other-member',
  'other-amounts',
  'contradicts-itself',
  'aborted',
  'restarted',
  // Ended
  'refused-by-kybio',
  // Never sent: it does not verify
  'not-vouched-for',
  // For a manager to look at
  'evidence-unclear',
  'restored',
  'sent-before',
  // KYBIO gives the card to another member
  'card-of-another',
  // Imported from a receipt; the second said that KYBIO had confirmed it
  'from-receipt',
  'from-confirmed-receipt',
  'possible-double',
  'possible-missing',
  'cancelled-by-cashier',
  'replaced',
] as const;
export const entryCauseSchema = z.enum(entryCauses);
export type EntryCause = z.infer<typeof entryCauseSchema>;

/** Terms from the form. Null: not so, or unknown for older entries. */
export const typedTerms = {
  /** `cash`, `card`, `qr`, `transfer`, or `own:` and the shop's name for it. */
  tender: z.string().max(MAX_TENDER_LENGTH).nullable(),
  /** Cash handed over, if more than the sum. */
  given: amountSchema.nullable(),
  /** The bonus in the increment, signed; the rest is principal. */
  bonus: amountSchema.nullable(),
  /** The purchase that the points are for. */
  purchase: amountSchema.nullable(),
  /** One of the shop's reasons for an award. */
  reason: z.string().max(100).nullable(),
  /** The version of the rules in force. */
  rulesVersion: count.nullable(),
} as const;

/** All terms; main adds these. */
export const entryTermsSchema = z.object({
  ...typedTerms,
  /** The bonus rule's name. */
  rule: z.string().max(100).nullable(),
  /** Who approved it with a PIN, as `actorText`. */
  approvedBy: z.string().max(180).nullable(),
  /** Spent bonus that a reversal does not take back. */
  bonusLetGo: amountSchema.nullable(),
  /** The bonus rule's id; null from before rules had one. */
  ruleId: z.string().max(40).nullable(),
});
export type EntryTerms = z.infer<typeof entryTermsSchema>;

/** Facts that the page gets unchanged. */
export const shownFacts = {
  id: z.string().max(40),
  createdAtMs: timeMs,
  kind: entryKindSchema,
  customerUid: uid,
  balanceIncrement: amountSchema,
  pointIncrement: amountSchema,
  /** Who entered it, as shown. */
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

/** The entry that an imported receipt was printed for. */
export interface EntryOrigin {
  /** Its till's id; null on receipts from before tills had one. */
  readonly till: string | null;
  /** Its till's epoch; null likewise. */
  readonly epoch: string | null;
  readonly number: number | null;
}

/** Facts for main and exports; the page gets some in another form. */
export interface UnshownFacts {
  readonly sequence: number;
  readonly requestId: string;
  readonly till: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly dataChangeTime: string;
  readonly storeDay: string;
  /** The id of the corrected entry. */
  readonly corrects: string | null;
  /** Null if entered here. */
  readonly origin: EntryOrigin | null;
  /** Who entered it; null on a till without people. */
  readonly personId: string | null;
  /** Counts its steps. */
  readonly version: number;
  /** May have reached KYBIO. */
  readonly touched: boolean;
  readonly messages: readonly string[];
  readonly settledAtMs: number | null;
  /** Its refusal was seen. */
  readonly acknowledged: boolean;
}

export type EntryFacts = Readonly<z.infer<z.ZodObject<typeof shownFacts>>> & UnshownFacts;
