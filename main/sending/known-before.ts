import { z } from 'zod';
import { addAmounts, amountSchema, compareAmounts } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import { fromScaled } from '../kernel/scaled.ts';
import type { Baseline, Increment } from '../ledger/index.ts';
import { entriesOfMember } from '../ledger/tables/index.ts';
import type { Sums } from './undecided.ts';

/** A baseline of a member, and where the journal ended when it was kept. */
const beforeSchema = z.object({
  balance: amountSchema,
  point: amountSchema,
  atMs: z.number(),
  number: z.number(),
});
export type Before = z.infer<typeof beforeSchema>;

const contentSchema = z.object({ before: z.array(beforeSchema) });

type JournalEnd = Pick<Before, 'number'>;

/** Baselines beside an entry, from before its member was read anew, oldest first; a part of its evidence. */
interface KnownBefore {
  /** None where nothing was kept, or it cannot be made out. */
  of(entryId: string): readonly Before[];
  /** Where the journal ends now. */
  journalEnd(): JournalEnd;
  /** Each with what was confirmed of the member since. */
  withOurs(increment: Increment): readonly Baseline[];
  /** One of them with what was confirmed of the member since. */
  plusOurs(increment: Increment, before: Before): Baseline;
  /** What is kept from now on, with the baseline of now; null where that says no more than what was kept. */
  with(increment: Increment, baseline: Baseline): readonly Before[] | null;
}

export function createKnownBefore(db: Db): KnownBefore {
  const content = db.prepare('SELECT content FROM evidence WHERE increment_id = ?');
  const last = db.prepare('SELECT number FROM journal ORDER BY number DESC LIMIT 1');
  const since = db.prepare(
    `SELECT CAST(COALESCE(SUM(i.balance_increment_e4), 0) AS TEXT) AS balance,
       CAST(COALESCE(SUM(i.point_increment_e4), 0) AS TEXT) AS point
     FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.account IN (SELECT number FROM account WHERE host = @accountHost AND app_id = @accountAppId) AND i.id <> @id AND i.state = 'confirmed'
       AND EXISTS (SELECT 1 FROM journal j WHERE j.entry = i.sequence AND j.event IN ('ended', 'decided')
         AND j.number > @number)`,
  );
  const of = (entryId: string): readonly Before[] => {
    const row = content.get(entryId) as { content: string } | undefined;
    return row === undefined ? [] : (contentSchema.safeParse(readJson(row.content)).data?.before ?? []);
  };
  const journalEnd = (): JournalEnd => (last.get() as JournalEnd | undefined) ?? { number: 0 };
  const plusOurs = (
    { id, customerUid, accountHost, accountAppId }: Increment,
    { number, ...baseline }: Before,
  ): Baseline => {
    const named = { id, customerUid, accountHost, accountAppId, number };
    const ours = since.get(named) as { balance: string; point: string };
    return {
      balance: addAmounts(baseline.balance, fromScaled(ours.balance)),
      point: addAmounts(baseline.point, fromScaled(ours.point)),
      atMs: baseline.atMs,
    };
  };
  return {
    of,
    journalEnd,
    plusOurs,
    withOurs: (increment) => of(increment.id).map((before) => plusOurs(increment, before)),
    with: (increment, baseline) => {
      const known = of(increment.id);
      // The very reading that was kept, as on most starts: found without a look at what was confirmed since.
      if (known.some((before) => before.atMs === baseline.atMs && isSame(before, baseline))) return null;
      if (known.some((before) => isSame(plusOurs(increment, before), baseline))) return null;
      return [...known, { ...baseline, ...journalEnd() }];
    },
  };
}

const isSame = (left: Sums, right: Sums): boolean =>
  compareAmounts(left.balance, right.balance) === 0 && compareAmounts(left.point, right.point) === 0;

/** Of baselines of several times, that from which the member's sums moved by exactly this entry; else the oldest. */
export function mostTelling<T extends Sums>(
  baselines: readonly T[],
  { balanceIncrement, pointIncrement }: Pick<Increment, 'balanceIncrement' | 'pointIncrement'>,
  reading: Sums | null,
): T | null {
  const isExact = ({ balance, point }: T): boolean =>
    reading !== null &&
    isSame(reading, {
      balance: addAmounts(balance, balanceIncrement),
      point: addAmounts(point, pointIncrement),
    });
  return baselines.find(isExact) ?? baselines[0] ?? null;
}
