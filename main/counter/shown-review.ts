import {
  type Amount,
  type DecideReasonWord,
  entryCauseSchema,
  type ShownCase,
  type ShownDoubt,
  type ShownEvidence,
  type ShownOddSums,
  subtractAmounts,
} from '../../preload/contract/index.ts';
import type { Increment } from '../ledger/index.ts';
import { noneAhead, reference, shownEntry, shownName, shownNumber } from '../ledger/shown/index.ts';
import { type NotedSums, type Papers, paperOfDoubt, sumsSeenIn } from '../sending/index.ts';
import {
  type CaseFacts,
  differenceOf,
  keptOf,
  knownOf,
  type ReviewCase,
  saysExactly,
  speaksForArrival,
} from './case-facts.ts';
import { knownAfter, type ReadDoubt } from './doubt-correction.ts';

const confirmedBy = ({ till, number }: { readonly till: string; readonly number: number }) => ({
  till,
  reference: reference(number),
});

function paperOf({ before, confirmed }: Papers): ShownCase['paper'] {
  if (before === null && confirmed === null) return null;
  return { before, confirmed: confirmed === null ? null : confirmedBy(confirmed) };
}

const MOST_ROWS = 50;
const MOST_ATTEMPTS = 100;
const MOST_LOST = 20;

/** A movement shown to a manager only goes before the till's reasons. */
function reasonsOf(of: CaseFacts, reasons: readonly DecideReasonWord[]): DecideReasonWord[] {
  if (reasons.includes('exact-movement') || !saysExactly(of)) return reasons.slice(0, 20);
  return ['exact-movement', ...reasons.filter((reason) => reason !== 'no-baseline')].slice(
    0,
    20,
  ) as DecideReasonWord[];
}

function evidenceOf(of: ReviewCase): ShownEvidence | null {
  const kept = keptOf(of);
  if (kept === null || of.evidence === null) return null;
  const { verdict, readings, log } = kept;
  return {
    gatheredAtMs: of.evidence.gatheredAtMs,
    suggestion: saysExactly(of) ? 'applied' : verdict.suggestion,
    double: verdict.decision === 'double',
    reasons: reasonsOf(of, verdict.reasons),
    reading: readings.at(-1) ?? null,
    moved: differenceOf(of),
    rows: (log?.rows ?? []).slice(-MOST_ROWS).map((row) => ({ ...row, datetime: row.datetime.slice(0, 40) })),
  };
}

function beforeOf(of: ReviewCase): ShownCase['before'] {
  const known = knownOf(of);
  return known !== null && of.sentBaseline?.isWithLater === true ? { ...known, isWithLater: true } : known;
}

export function shownCase(of: ReviewCase, storeTimeZone: string): ShownCase {
  return {
    entry: shownEntry(of.increment, storeTimeZone, noneAhead),
    version: of.increment.version,
    attempts: of.attempts.slice(-MOST_ATTEMPTS).map((attempt) => {
      const cause = entryCauseSchema.safeParse(attempt.cause);
      return {
        number: attempt.number,
        startedAtMs: attempt.startedAtMs,
        sent: attempt.phase !== 'connecting',
        cause: cause.success ? cause.data : null,
      };
    }),
    before: beforeOf(of),
    lost: of.lost.slice(-MOST_LOST),
    evidence: evidenceOf(of),
    paper: paperOf(of.papers),
    cardOf:
      of.cardOf === null
        ? null
        : {
            customerUid: of.cardOf.customerUid,
            number: shownNumber(of.cardOf.number),
            name: shownName(of.cardOf.name),
          },
    reading: of.reading,
    speaksForArrival: speaksForArrival(of),
    sendable: of.sendable,
  };
}

export function shownOddSums(entryId: string, notes: readonly NotedSums[]): ShownOddSums[] {
  const off = (read: Amount | null, known: Amount | null): Amount | null =>
    read === null || known === null ? null : subtractAmounts(read, known);
  return notes.map(({ kind, atMs, known, read }) => ({
    entryId,
    kind,
    atMs,
    off: { balance: off(read.balance, known.balance), point: off(read.point, known.point) },
  }));
}

/** Null if one of its entries cannot be read. */
export function shownDoubt(
  doubt: ReadDoubt,
  byId: (id: string) => Increment | null,
  storeTimeZone: string,
): ShownDoubt | null {
  const [entry, seenBy] = [byId(doubt.entryId), byId(doubt.seenBy)];
  if (entry === null || seenBy === null) return null;
  const seen = sumsSeenIn(doubt.content);
  const paper = paperOfDoubt(doubt);
  return {
    id: doubt.id,
    kind: doubt.kind,
    openedAtMs: doubt.openedAtMs,
    entry: shownEntry(entry, storeTimeZone, noneAhead),
    seenBy: shownEntry(seenBy, storeTimeZone, noneAhead),
    known: seen?.known ?? null,
    read: seen?.read ?? null,
    after: knownAfter(doubt, seenBy),
    reading: doubt.reading,
    standing: doubt.standing,
    paper: paper === null ? null : confirmedBy(paper),
  };
}
