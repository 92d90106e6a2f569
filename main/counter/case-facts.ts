import { z } from 'zod';
import { amountSchema, decideReasonSchema, subtractAmounts } from '../../preload/contract/index.ts';
import type { Baseline, Increment } from '../ledger/index.ts';
import type { KnownMember } from '../members/index.ts';
import {
  type AttemptRecord,
  addSums,
  type Besides,
  fits,
  type KnownBeside,
  mostTelling,
  noPapers,
  onlySumThatFits,
  type Papers,
  type Sums,
  sumsOf,
} from '../sending/index.ts';
import type { ShownReading } from './shown-readings.ts';

/** Everything that is known about one entry that needs a person. */
export interface CaseFacts extends Besides {
  readonly increment: Increment;
  readonly attempts: readonly AttemptRecord[];
  /** As gathered; null where nothing could be read. */
  readonly evidence: { readonly gatheredAtMs: number; readonly content: unknown } | null;
  /** What receipts say of it. */
  readonly papers: Papers;
  /** What the member held before the first sending that may have come, with ours since; null where that is not known. */
  readonly sentBaseline: Baseline | null;
  /** What one of them says that the member held, with ours since; null where that is not known. */
  readonly papersBaseline: Baseline | null;
  /** What other undecided entries of the member would add. */
  readonly others: readonly Sums[];
  /** What a person may answer by; null where KYBIO is to be read first. */
  readonly reading: ShownReading | null;
}

export interface ReviewCase extends CaseFacts {
  /** False: it can be confirmed or dropped, never sent. */
  readonly sendable: boolean;
  /** Who has the card now that it was entered for, where KYBIO has named somebody else. */
  readonly cardOf: KnownMember | null;
}

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

const beforeSchema = z.object({ before: z.array(z.object({ ...sumsSchema.shape, atMs: z.number() })) });

/** What the detective made of it; null where it was not looked into, or not since its last attempt. */
export function keptOf({ evidence }: Pick<CaseFacts, 'evidence'>): z.output<typeof keptSchema> | null {
  const parsed = keptSchema.safeParse(evidence?.content);
  return parsed.success ? parsed.data : null;
}

/**
 * What the member held before, as far as this till knew: before the first sending, else beside an entry that was never
 * sent from here. Of several the one from which the sums moved by exactly this entry, if one is.
 */
export function knownOf(of: CaseFacts): KnownBeside | null {
  if (of.sentBaseline !== null) return { ...of.sentBaseline, isFromRestore: false };
  const before = beforeSchema.safeParse(of.evidence?.content);
  const looked = (before.success ? before.data.before : []).map((one) => ({ ...one, isFromRestore: false }));
  const paper = of.papersBaseline === null ? [] : [{ ...of.papersBaseline, isFromRestore: false }];
  return mostTelling([...looked, ...of.known, ...paper], of.increment, lastReading(of));
}

const lastReading = (of: CaseFacts): Sums | null => of.reading?.sums ?? keptOf(of)?.readings.at(-1) ?? null;

/** How far what was read is from what was known; null where one of them is not there. */
export function differenceOf(of: CaseFacts): Sums | null {
  const [known, read] = [knownOf(of), lastReading(of)];
  if (known === null || read === null) return null;
  return {
    balance: subtractAmounts(read.balance, known.balance),
    point: subtractAmounts(read.point, known.point),
  };
}

/** The sums moved by exactly this entry. */
function isExactly({ increment }: CaseFacts, difference: Sums | null): difference is Sums {
  const { balanceIncrement: balance, pointIncrement: point } = increment;
  return difference !== null && fits(difference, { balance, point });
}

/**
 * What a person is told that the sums say, where only a person may go by what was known (protocol, "The review"): others
 * of the member that are undecided may have moved them as well.
 */
export function saysExactly(of: CaseFacts): boolean {
  const difference = differenceOf(of);
  if (!isExactly(of, difference)) return false;
  const { balanceIncrement: balance, pointIncrement: point } = of.increment;
  return of.others.length === 0 || onlySumThatFits(difference, { balance, point }, of.others) === 'applied';
}

/** The sums moved by this entry together with others of the member that a restore lost, or that are undecided. */
function isAmongOthers(of: CaseFacts): boolean {
  const difference = differenceOf(of);
  if (difference === null || knownOf(of)?.isFromRestore !== true) return false;
  const lost = of.lost.filter(({ state }) => state !== 'rejected' && state !== 'cancelled');
  const { balanceIncrement: balance, pointIncrement: point } = of.increment;
  return sumsOf([...of.others, ...lost]).some((sum) => fits(difference, addSums(sum, { balance, point })));
}

/** Sending takes a word more then: it very probably arrived, or the sums are exactly as if it had. */
export const speaksForArrival = (of: CaseFacts): boolean =>
  keptOf(of)?.verdict.suggestion === 'applied' || isExactly(of, differenceOf(of)) || isAmongOthers(of);

/** For the journal: the evidence, with what stood side by side on the screen. */
export function whatWasShown(of: CaseFacts): object | null {
  const { reading, papers } = of;
  const content = of.evidence?.content ?? null;
  if (reading === null && papers === noPapers) return content;
  const named = papers === noPapers ? {} : { papers };
  const shown = { known: knownOf(of), read: reading, difference: differenceOf(of) };
  return { ...content, ...named, ...(reading === null ? {} : { shown }) };
}
