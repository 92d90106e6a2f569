import {
  addAmounts,
  compareAmounts,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { Amount, ProofStatus, ShiftProof } from '../../../preload/contract/index.ts';
import type { Tone } from '../../kit/phrase.ts';
import type { TicketLook } from '../../kit/ticket.ts';

/** In the order in which they are read: what is certain first. */
const inOrder = [
  'moved',
  'by-evidence',
  'waiting',
  'checking',
  'review',
  'given-back',
  'differs',
] as const satisfies readonly ProofStatus[];

export const statusTone: Readonly<Record<ProofStatus, Tone>> = {
  moved: 'good',
  'by-evidence': 'good',
  waiting: 'neutral',
  checking: 'warn',
  review: 'warn',
  'given-back': 'neutral',
  differs: 'bad',
};

/** What the whole page comes to; words under `shifts.proof.verdicts.<verdict>`. */
export type ProofVerdict = 'differs' | 'not-proven' | 'drawer-differs' | 'open' | 'uncounted' | 'proven';

const looks: Readonly<Record<ProofVerdict, TicketLook>> = {
  differs: 'bad',
  'not-proven': 'bad',
  'drawer-differs': 'check',
  open: 'wait',
  uncounted: 'done',
  proven: 'done',
};

const isOpen = (status: ProofStatus): boolean =>
  status === 'waiting' || status === 'checking' || status === 'review';

/** The worst of it; what is worse is to be looked at first. */
function verdictOf(proof: ShiftProof): ProofVerdict {
  const { drawer, journal, kybio } = proof;
  const { principal, bonus } = meetingSum(proof);
  const meets =
    compareAmounts(principal, journal.principal) === 0 && compareAmounts(bonus, journal.bonus) === 0;
  const has = (test: (status: ProofStatus) => boolean) =>
    kybio.some(({ status, entries }) => entries > 0 && test(status));
  if (!meets || has((status) => status === 'differs')) return 'differs';
  if (journal.notProven.length > 0 || journal.proven < journal.entries) return 'not-proven';
  if (drawer.variance !== null && !isZeroAmount(drawer.variance)) return 'drawer-differs';
  if (has(isOpen)) return 'open';
  return drawer.variance === null ? 'uncounted' : 'proven';
}

export interface ProofSum {
  readonly status: ProofStatus;
  readonly entries: number;
  readonly sum: Amount;
  /** Of all sums together, 0 to 1; for the picture alone. */
  readonly share: number;
}

const sizeOf = (sum: Amount): number => Math.abs(Number(sum));

/** What KYBIO says of each part, those that are there. */
export function proofSums({ kybio }: ShiftProof): readonly ProofSum[] {
  const sums = inOrder.flatMap((status) => {
    const found = kybio.find((one) => one.status === status);
    if (found === undefined || found.entries === 0) return [];
    return [{ status, entries: found.entries, sum: addAmounts(found.principal, found.bonus) }];
  });
  const all = sums.reduce((total, { sum }) => total + sizeOf(sum), 0) || 1;
  return sums.map((one) => ({ ...one, share: sizeOf(one.sum) / all }));
}

/** Its balance moved as was sent: what KYBIO has otherwise are the points. */
export const isOfPoints = ({
  status,
  before,
  after,
  principal,
  bonus,
}: ShiftProof['rows'][number]): boolean =>
  status === 'differs' &&
  before !== null &&
  after !== null &&
  compareAmounts(subtractAmounts(after, before), addAmounts(principal, bonus)) === 0;

/** What the three columns meet in: all that was taken and given, whatever became of it, but what was given back. */
export function meetingSum({ kybio }: ShiftProof): { readonly principal: Amount; readonly bonus: Amount } {
  const kept = kybio.filter(({ status }) => status !== 'given-back');
  return {
    principal: addAmounts(zeroAmount, ...kept.map(({ principal }) => principal)),
    bonus: addAmounts(zeroAmount, ...kept.map(({ bonus }) => bonus)),
  };
}

export const readProof = (proof: ShiftProof) => {
  const verdict = verdictOf(proof);
  return { verdict, look: looks[verdict], sums: proofSums(proof), meeting: meetingSum(proof) };
};
