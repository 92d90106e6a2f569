import {
  type DecideReasonWord,
  entryCauseSchema,
  type ShownCase,
  type ShownEvidence,
} from '../../preload/contract/index.ts';
import { noOthers, reference, shownEntry, shownName, shownNumber } from '../ledger/shown/index.ts';
import type { Papers } from '../sending/index.ts';
import {
  type CaseFacts,
  differenceOf,
  keptOf,
  knownOf,
  type ReviewCase,
  saysExactly,
  speaksForArrival,
} from './case-facts.ts';

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
    entry: shownEntry(of.increment, storeTimeZone, noOthers),
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
