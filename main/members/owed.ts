import {
  addAmounts,
  compareAmounts,
  type Owed,
  type OwedAge,
  owedAges,
  zeroAmount,
} from '../../preload/contract/index.ts';
import type { DirectoryRepository, KnownMember } from './directory-repository.ts';

const DAY_MS = 86_400_000;
const within: Readonly<Record<Exclude<OwedAge, 'older'>, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

/** A reading of later than now is from before the clock was set back: nobody knows how old it is. */
function ageOf(asOfMs: number, nowMs: number): OwedAge {
  const ageMs = nowMs - asOfMs;
  if (ageMs < 0) return 'older';
  return owedAges.find((age) => age === 'older' || ageMs < within[age]) ?? 'older';
}

export const nothingOwed = (wholeAtMs: number | null): Owed => ({
  ages: owedAges.map((age) => ({ age, members: 0, balance: zeroAmount })),
  below: { members: 0, balance: zeroAmount },
  oldestMs: null,
  wholeAtMs,
});

/** Adds some members. One who owes the shop does not make good for what it owes another. Pure. */
export function owedWith(
  owed: Owed,
  members: readonly Pick<KnownMember, 'balance' | 'asOfMs'>[],
  nowMs: number,
): Owed {
  const isBelow = ({ balance }: (typeof members)[number]) => compareAmounts(balance, zeroAmount) < 0;
  const added = <T extends Owed['below']>(sum: T, of: typeof members): T => ({
    ...sum,
    members: sum.members + of.length,
    balance: addAmounts(sum.balance, ...of.map(({ balance }) => balance)),
  });
  const above = members.filter((one) => !isBelow(one));
  const times = members.map(({ asOfMs }) => asOfMs);
  return {
    ...owed,
    ages: owed.ages.map((sum) =>
      added(
        sum,
        above.filter(({ asOfMs }) => ageOf(asOfMs, nowMs) === sum.age),
      ),
    ),
    below: added(owed.below, members.filter(isBelow)),
    oldestMs: times.reduce<number | null>((oldest, ms) => Math.min(oldest ?? ms, ms), owed.oldestMs),
  };
}

/** Members that are added up in one go: some milliseconds. */
const STEP = 500;

/** By the directory's last readings, in steps. */
export async function addUpOwed(
  directory: Pick<DirectoryRepository, 'after'>,
  { nowMs, wholeAtMs, pause }: { nowMs: number; wholeAtMs: number | null; pause: () => Promise<void> },
): Promise<Owed> {
  let owed = nothingOwed(wholeAtMs);
  for (let after = ''; ; ) {
    await pause();
    const members = directory.after(after, STEP);
    owed = owedWith(owed, members, nowMs);
    const last = members.at(-1);
    if (last === undefined || members.length < STEP) return owed;
    after = last.customerUid;
  }
}
