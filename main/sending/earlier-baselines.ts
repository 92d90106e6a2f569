import { z } from 'zod';
import { amountSchema } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import { fromScaled } from '../kernel/scaled.ts';
import type { Baseline, Increment } from '../ledger/index.ts';
import { entriesOfMember } from '../ledger/tables/index.ts';
import { addSums, type Sums, sameSums, saysItArrived } from './undecided.ts';

/** A member's baseline, and the journal's end when it was stored. */
const beforeSchema = z.object({
  balance: amountSchema,
  point: amountSchema,
  atMs: z.number(),
  number: z.number(),
});
export type Before = z.infer<typeof beforeSchema>;

const contentSchema = z.object({ before: z.array(beforeSchema) });

type JournalEnd = Pick<Before, 'number'>;

/** Baselines from before the member was read again, oldest first; part of an entry's evidence. */
interface EarlierBaselines {
  /** Empty if none is stored or readable. */
  of(entryId: string): readonly Before[];
  journalEnd(): JournalEnd;
  /** Each plus what was confirmed of the member since. */
  withOurs(increment: Increment): readonly Baseline[];
  /** Plus what was confirmed of the member since. */
  plusOurs(increment: Increment, before: Before): Baseline;
  /** The stored ones plus this baseline; null if it adds nothing. */
  with(increment: Increment, baseline: Baseline): readonly Before[] | null;
}

export function createEarlierBaselines(db: Db): EarlierBaselines {
  const content = db.prepare('SELECT content FROM evidence WHERE increment_id = ?');
  const last = db.prepare('SELECT number FROM journal ORDER BY number DESC LIMIT 1');
  const since = db.prepare(
    `SELECT CAST(COALESCE(SUM(i.balance_increment_e4), 0) AS TEXT) AS balance,
       CAST(COALESCE(SUM(i.point_increment_e4), 0) AS TEXT) AS point
     FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')}) AND i.id <> @id AND i.state = 'confirmed'
       AND EXISTS (SELECT 1 FROM journal j WHERE j.entry = i.sequence AND j.event IN ('ended', 'decided')
         AND j.number > @number)`,
  );
  const of = (entryId: string): readonly Before[] => {
    const row = content.get(entryId) as { content: string } | undefined;
    return row === undefined ? [] : (contentSchema.safeParse(readJson(row.content)).data?.before ?? []);
  };
  const journalEnd = (): JournalEnd => (last.get() as JournalEnd | undefined) ?? { number: 0 };
  const plusOurs = ({ id, customerUid }: Increment, { number, ...baseline }: Before): Baseline => {
    const named = { id, customerUid, number };
    const ours = since.get(named) as { balance: string; point: string };
    const added = { balance: fromScaled(ours.balance), point: fromScaled(ours.point) };
    return { ...addSums(baseline, added), atMs: baseline.atMs };
  };
  return {
    of,
    journalEnd,
    plusOurs,
    withOurs: (increment) => of(increment.id).map((before) => plusOurs(increment, before)),
    with: (increment, baseline) => {
      const known = of(increment.id);
      // The stored reading itself, as on most starts: needs no query.
      if (known.some((before) => before.atMs === baseline.atMs && sameSums(before, baseline))) return null;
      if (known.some((before) => sameSums(plusOurs(increment, before), baseline))) return null;
      return [...known, { ...baseline, ...journalEnd() }];
    },
  };
}

/** The baseline from which the sums moved by exactly this entry, else the oldest. */
export function mostInformative<T extends Sums>(
  baselines: readonly T[],
  entry: Pick<Increment, 'balanceIncrement' | 'pointIncrement'>,
  reading: Sums | null,
): T | null {
  return baselines.find((one) => saysItArrived(one, entry, reading)) ?? baselines[0] ?? null;
}
