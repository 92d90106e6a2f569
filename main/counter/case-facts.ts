import { z } from 'zod';
import { amountSchema, decideReasonSchema, subtractAmounts } from '../../preload/contract/index.ts';
import type { Baseline, Increment } from '../ledger/index.ts';
import type { KnownMember } from '../members/index.ts';
import {
  type AttemptRecord,
  mostInformative,
  noPapers,
  onlySumThatFits,
  type Papers,
  type Sums,
  sameSums,
  sumsOfEntry,
} from '../sending/index.ts';
import type { ShownReading } from './shown-readings.ts';

/** What is known about an entry in review. */
export interface CaseFacts {
  readonly increment: Increment;
  readonly attempts: readonly AttemptRecord[];
  readonly evidence: { readonly gatheredAtMs: number; readonly content: unknown } | null;
  readonly papers: Papers;
  /** The sums before the first attempt that may have been applied, plus ours since. */
  readonly sentBaseline: (Baseline & { readonly isWithLater?: boolean }) | null;
  /** The sums according to a receipt, plus ours since. */
  readonly papersBaseline: Baseline | null;
  /** What the member's other undecided entries would add. */
  readonly others: readonly Sums[];
  /** The reading an answer may be based on; null if KYBIO must be read first. */
  readonly reading: ShownReading | null;
}

export interface ReviewCase extends CaseFacts {
  /** False: may be confirmed or dropped, never sent. */
  readonly sendable: boolean;
  /** Who has its card now, if KYBIO names another member. */
  readonly cardOf: KnownMember | null;
}

const sumsSchema = z.object({ balance: amountSchema, point: amountSchema });

/** The stored evidence. */
const storedSchema = z.object({
  verdict: z.object({
    decision: z.enum(['applied', 'double', 'ask']),
    suggestion: z.enum(['applied', 'not-applied', 'unclear']),
    reasons: z.array(decideReasonSchema),
  }),
  readings: z.array(sumsSchema),
  log: z
    .object({
      rows: z.array(z.object({ amount: amountSchema, datetime: z.string(), explained: z.boolean() })),
    })
    .nullable(),
});

const beforeSchema = z.object({ before: z.array(z.object({ ...sumsSchema.shape, atMs: z.number() })) });

/** The stored verdict; null if it was not investigated since its last attempt. */
export function keptOf({ evidence }: Pick<CaseFacts, 'evidence'>): z.output<typeof storedSchema> | null {
  const parsed = storedSchema.safeParse(evidence?.content);
  return parsed.success ? parsed.data : null;
}

/**
 * The sums known before: before the first send, else those stored beside an entry never sent from here, preferring
 * the ones from which the sums moved by exactly this entry.
 */
export function knownOf(of: CaseFacts): Baseline | null {
  if (of.sentBaseline !== null) {
    const { isWithLater: _, ...sent } = of.sentBaseline;
    return sent;
  }
  const before = beforeSchema.safeParse(of.evidence?.content);
  const looked = before.success ? before.data.before : [];
  const paper = of.papersBaseline === null ? [] : [of.papersBaseline];
  return mostInformative([...looked, ...paper], of.increment, lastReading(of));
}

const lastReading = (of: CaseFacts): Sums | null => of.reading?.sums ?? keptOf(of)?.readings.at(-1) ?? null;

/** The reading less what was known; null if either is missing. */
export function differenceOf(of: CaseFacts): Sums | null {
  const [known, read] = [knownOf(of), lastReading(of)];
  if (known === null || read === null) return null;
  return {
    balance: subtractAmounts(read.balance, known.balance),
    point: subtractAmounts(read.point, known.point),
  };
}

function isExactly({ increment }: CaseFacts, difference: Sums | null): difference is Sums {
  return difference !== null && sameSums(difference, sumsOfEntry(increment));
}

/**
 * Whether the movement shows this entry, for a manager only (protocol, "The review"): the member's other undecided
 * entries may have moved the sums too.
 */
export function saysExactly(of: CaseFacts): boolean {
  const difference = differenceOf(of);
  if (!isExactly(of, difference)) return false;
  const own = sumsOfEntry(of.increment);
  return of.others.length === 0 || onlySumThatFits(difference, own, of.others) === 'applied';
}

/** Sending needs a confirmation then: it very probably arrived. */
export const speaksForArrival = (of: CaseFacts): boolean =>
  keptOf(of)?.verdict.suggestion === 'applied' || isExactly(of, differenceOf(of));

/** For the journal: the evidence, and what was shown. */
export function whatWasShown(of: CaseFacts): object | null {
  const { reading, papers } = of;
  const content = of.evidence?.content ?? null;
  if (reading === null && papers === noPapers) return content;
  const named = papers === noPapers ? {} : { papers };
  const shown = { known: knownOf(of), read: reading, difference: differenceOf(of) };
  return { ...content, ...named, ...(reading === null ? {} : { shown }) };
}
