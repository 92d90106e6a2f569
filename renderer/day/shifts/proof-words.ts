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

export const statusTone: Readonly<Record<ProofStatus, Tone>> = {
  moved: 'good',
  'by-evidence': 'good',
  'by-manager': 'neutral',
  waiting: 'neutral',
  checking: 'warn',
  review: 'warn',
  'given-back': 'neutral',
  differs: 'bad',
};

/** The page's result; its words are `shifts.proof.verdicts.<verdict>`. */
export type ProofVerdict =
  | 'differs'
  | 'not-proven'
  | 'drawer-differs'
  | 'open'
  | 'by-word'
  | 'uncounted'
  | 'proven';

const looks: Readonly<Record<ProofVerdict, TicketLook>> = {
  differs: 'bad',
  'not-proven': 'bad',
  'drawer-differs': 'check',
  open: 'check',
  'by-word': 'check',
  uncounted: 'done',
  proven: 'done',
};

const isOpen = (status: ProofStatus): boolean =>
  status === 'waiting' || status === 'checking' || status === 'review';

/** The worst that applies. */
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
  if (has((status) => status === 'by-manager')) return 'by-word';
  return drawer.variance === null ? 'uncounted' : 'proven';
}

export interface ProofSum {
  readonly status: ProofStatus;
  readonly entries: number;
  readonly sum: Amount;
}

const proofSums = ({ kybio }: ShiftProof): readonly ProofSum[] =>
  kybio.map(({ status, entries, principal, bonus }) => ({
    status,
    entries,
    sum: addAmounts(principal, bonus),
  }));

/** The balance moved as sent: only the points differ. */
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

/** The sum of all columns: all but refunded entries. */
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
