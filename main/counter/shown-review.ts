import { z } from 'zod';
import {
  type Amount,
  amountSchema,
  decideReasonSchema,
  entryCauseSchema,
  type ShownCase,
  type ShownDoubt,
  type ShownEvidence,
  type ShownOddSums,
  subtractAmounts,
} from '../../preload/contract/index.ts';
import { shownName, shownNumber } from '../members/member-card.ts';
import type { Increment } from '../outbox/types.ts';
import { sumsSeenIn } from '../sync/doubt-content.ts';
import type { OpenDoubt } from '../sync/doubts.ts';
import type { AttemptRecord } from '../sync/evidence-repository.ts';
import { mostTelling } from '../sync/known-before.ts';
import type { NotedSums } from '../sync/odd-sums.ts';
import { type Papers, paperOfDoubt } from '../sync/papers-beside.ts';
import type { ReviewCase } from './review-service.ts';
import { noneAhead, reference, shownEntry } from './shown-entry.ts';

const sumsSchema = z.object({ balance: amountSchema, point: amountSchema });

/** What the detective keeps of a case; rows of older versions may lack parts. */
const keptSchema = z.object({
  verdict: z.object({
    decision: z.enum(['applied', 'not-applied', 'double', 'ask']),
    suggestion: z.enum(['applied', 'not-applied', 'unclear']),
    reasons: z.array(decideReasonSchema),
  }),
  readings: z.array(sumsSchema).default([]),
  log: z
    .object({
      rows: z.array(z.object({ amount: amountSchema, datetime: z.string(), explained: z.boolean() })),
    })
    .nullable()
    .default(null),
});

const confirmedBy = ({ till, number }: { readonly till: string; readonly number: number }) => ({
  till,
  reference: reference(number),
});

/** What receipts say; null where they say nothing. */
function paperOf({ before, confirmed }: Papers): ShownCase['paper'] {
  if (before === null && confirmed === null) return null;
  return { before, confirmed: confirmed === null ? null : confirmedBy(confirmed) };
}

const MOST_ROWS = 50;
const MOST_ATTEMPTS = 100;

const beforeSchema = z.object({
  before: z.array(z.object({ ...sumsSchema.shape, atMs: z.number() })),
  readings: z.array(sumsSchema).default([]),
});

const wasSent = ({ phase }: AttemptRecord): boolean => phase !== 'connecting';

/** Of what was never sent from here, the baseline before it was looked at. */
function beforeOf({ attempts, evidence, increment, papers }: ReviewCase): ShownCase['before'] {
  const sent = attempts.find(wasSent)?.baseline ?? null;
  const kept = beforeSchema.safeParse(evidence?.content);
  if (sent !== null) return sent;
  if (!kept.success) return papers.before;
  return mostTelling(kept.data.before, increment, kept.data.readings.at(-1) ?? null);
}

/** What the sums are held against: `before`, or what a paper says with ours since. */
function evidenceOf(
  evidence: ReviewCase['evidence'],
  before: Pick<NonNullable<ShownCase['before']>, 'balance' | 'point'> | null,
): ShownEvidence | null {
  if (evidence === null) return null;
  const parsed = keptSchema.safeParse(evidence.content);
  if (!parsed.success) return null;
  const { verdict, readings, log } = parsed.data;
  const reading = readings.at(-1) ?? null;
  return {
    gatheredAtMs: evidence.gatheredAtMs,
    suggestion: verdict.suggestion,
    double: verdict.decision === 'double',
    reasons: verdict.reasons.slice(0, 20),
    reading,
    moved:
      reading === null || before === null
        ? null
        : {
            balance: subtractAmounts(reading.balance, before.balance),
            point: subtractAmounts(reading.point, before.point),
          },
    rows: (log?.rows ?? []).slice(-MOST_ROWS).map((row) => ({ ...row, datetime: row.datetime.slice(0, 40) })),
  };
}

/** An entry that waits for a manager, as the review screen shows it. */
export function shownCase(of: ReviewCase, storeTimeZone: string): ShownCase {
  const before = beforeOf(of);
  return {
    entry: shownEntry(of.increment, storeTimeZone, noneAhead),
    version: of.increment.version,
    attempts: of.attempts.slice(-MOST_ATTEMPTS).map((attempt) => {
      const cause = entryCauseSchema.safeParse(attempt.cause);
      return {
        number: attempt.number,
        startedAtMs: attempt.startedAtMs,
        sent: wasSent(attempt),
        cause: cause.success ? cause.data : null,
      };
    }),
    before,
    evidence: evidenceOf(of.evidence, before === of.papers.before ? of.papersBaseline : before),
    paper: paperOf(of.papers),
    cardOf:
      of.cardOf === null
        ? null
        : {
            customerUid: of.cardOf.customerUid,
            number: shownNumber(of.cardOf.number),
            name: shownName(of.cardOf.name),
          },
    sendable: of.sendable,
  };
}

/** What looked odd beside an entry, as noted. */
export function shownOddSums(entryId: string, notes: readonly NotedSums[]): ShownOddSums[] {
  const off = (read: Amount | null, known: Amount | null): Amount | null =>
    read === null || known === null ? null : subtractAmounts(read, known);
  return notes.map(({ kind, atMs, known, read }) => ({
    ...{ entryId, kind, atMs },
    off: { balance: off(read.balance, known.balance), point: off(read.point, known.point) },
  }));
}

/** A doubt about an ended entry; null where one of its entries cannot be read any more. */
export function shownDoubt(
  doubt: OpenDoubt,
  byId: (id: string) => Increment | null,
  storeTimeZone: string,
): ShownDoubt | null {
  const [entry, seenBy] = [byId(doubt.entryId), byId(doubt.seenBy)];
  const seen = sumsSeenIn(doubt.content);
  const paper = paperOfDoubt(doubt);
  if (entry === null || seenBy === null || (seen === null && paper === null)) return null;
  return {
    id: doubt.id,
    kind: doubt.kind,
    openedAtMs: doubt.openedAtMs,
    entry: shownEntry(entry, storeTimeZone, noneAhead),
    seenBy: shownEntry(seenBy, storeTimeZone, noneAhead),
    known: seen?.known ?? null,
    read: seen?.read ?? null,
    paper: paper === null ? null : confirmedBy(paper),
  };
}
