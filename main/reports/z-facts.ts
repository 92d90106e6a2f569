import { createHash } from 'node:crypto';
import {
  type Amount,
  addAmounts,
  compareAmounts,
  negateAmount,
  type ShiftReport,
  subtractAmounts,
  type Variance,
  zeroAmount,
} from '../../preload/contract/index.ts';

/** What is added up of a Z, and what says which one it is. */
export interface ZFacts {
  readonly id: string;
  /** A digest of all that it says: two of one id that differ are two accounts of one shift. */
  readonly digest: string;
  /** As it was called. */
  readonly till: string;
  /** Null in those of versions before. */
  readonly tillId: string | null;
  readonly epoch: string | null;
  readonly number: number;
  readonly businessDay: string;
  readonly closedAtMs: number;
  readonly closedBy: string;
  readonly entries: number;
  readonly net: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
  /** Null where nothing was counted. */
  readonly variance: Variance | null;
  /** Entries that it told as unsettled. */
  readonly unsettled: readonly { readonly id: string; readonly principal: Amount }[];
  /** Entries of earlier ones that it told as settled. */
  readonly settledLate: readonly string[];
}

const isGivenBack = ({ state }: { readonly state: string }): boolean =>
  state === 'rejected' || state === 'cancelled';

const sum = (amounts: readonly (Amount | null)[]): Amount =>
  addAmounts(...amounts.filter((amount) => amount !== null));

const varianceOf = (variance: Amount): Variance =>
  compareAmounts(variance, zeroAmount) < 0
    ? { short: negateAmount(variance), over: zeroAmount }
    : { short: zeroAmount, over: variance };

/** Of those that were counted; null where none was. */
export function addVariances(variances: readonly (Variance | null)[]): Variance | null {
  const counted = variances.filter((variance) => variance !== null);
  if (counted.length === 0) return null;
  return {
    short: addAmounts(...counted.map(({ short }) => short)),
    over: addAmounts(...counted.map(({ over }) => over)),
  };
}

/** In whatever order its parts were read. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const digestOf = (z: ShiftReport): string =>
  createHash('sha256').update(JSON.stringify(z, sorted), 'utf8').digest('hex').slice(0, 32);

/** Pure. */
export function factsOf(z: ShiftReport): ZFacts {
  const { id, till, tillId, epoch, number, businessDay, tenders, late } = z;
  const settled = late.filter(({ settledAtMs }) => settledAtMs !== null);
  return {
    ...{ id, digest: digestOf(z), till, tillId, epoch, number, businessDay, points: z.points },
    closedAtMs: z.closedAtMs ?? z.atMs,
    closedBy: z.closedBy ?? '',
    entries: z.cells.filter((cell) => !isGivenBack(cell)).reduce((all, { entries }) => all + entries, 0),
    net: subtractAmounts(
      sum(tenders.map(({ taken }) => taken)),
      sum(tenders.flatMap(({ reversed, lateGivenBack }) => [reversed, lateGivenBack])),
    ),
    // What was given back late had its bonus told by the Z before.
    bonus: subtractAmounts(z.bonus, sum(settled.filter(isGivenBack).map(({ bonus }) => bonus))),
    variance: addVariances(tenders.map(({ variance }) => (variance === null ? null : varianceOf(variance)))),
    unsettled: z.unsettled.map(({ id: entry, principal }) => ({ id: entry, principal })),
    settledLate: settled.map(({ id: entry }) => entry),
  };
}
