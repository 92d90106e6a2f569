import { type Amount, addAmounts, type ShiftReport, subtractAmounts } from '../../preload/contract/index.ts';

/** What is added up of a Z, and what says which one it is. */
export interface ZFacts {
  readonly id: string;
  readonly till: string;
  readonly number: number;
  readonly businessDay: string;
  readonly closedAtMs: number;
  readonly closedBy: string;
  readonly entries: number;
  readonly net: Amount;
  readonly bonus: Amount;
  readonly points: Amount;
  readonly variance: Amount | null;
  /** Entries that it told as unsettled. */
  readonly unsettled: readonly { readonly id: string; readonly principal: Amount }[];
  /** Entries of earlier ones that it told as settled. */
  readonly settledLate: readonly string[];
}

const isGivenBack = ({ state }: { readonly state: string }): boolean =>
  state === 'rejected' || state === 'cancelled';

const sum = (amounts: readonly (Amount | null)[]): Amount =>
  addAmounts(...amounts.filter((amount) => amount !== null));

/** Pure. */
export function factsOf(z: ShiftReport): ZFacts {
  const { id, till, number, businessDay, tenders, late } = z;
  const settled = late.filter(({ settledAtMs }) => settledAtMs !== null);
  const variances = tenders.flatMap(({ variance }) => (variance === null ? [] : [variance]));
  return {
    ...{ id, till, number, businessDay, points: z.points },
    closedAtMs: z.closedAtMs ?? z.atMs,
    closedBy: z.closedBy ?? '',
    entries: z.cells.filter((cell) => !isGivenBack(cell)).reduce((all, { entries }) => all + entries, 0),
    net: subtractAmounts(
      sum(tenders.map(({ taken }) => taken)),
      sum(tenders.flatMap(({ reversed, lateGivenBack }) => [reversed, lateGivenBack])),
    ),
    // What was given back late had its bonus told by the Z before.
    bonus: subtractAmounts(z.bonus, sum(settled.filter(isGivenBack).map(({ bonus }) => bonus))),
    variance: variances.length === 0 ? null : sum(variances),
    unsettled: z.unsettled.map(({ id: entry, principal }) => ({ id: entry, principal })),
    settledLate: settled.map(({ id: entry }) => entry),
  };
}
