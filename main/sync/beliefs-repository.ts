import { z } from 'zod';
import { addAmounts, amountSchema } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import { fromScaled } from '../outbox/scaled.ts';
import type { Baseline, Increment } from '../outbox/types.ts';

/** What was believed of a member, and where the journal ended then. */
const beforeSchema = z.object({
  balance: amountSchema,
  point: amountSchema,
  atMs: z.number(),
  chain: z.number(),
  number: z.number(),
});
type Before = z.infer<typeof beforeSchema>;

const contentSchema = z.object({ before: beforeSchema });

/** What is kept beside an entry of the time before its member was read afresh; a part of its evidence. */
interface Beliefs {
  /** Null where nothing was kept, or it cannot be made out. */
  of(entryId: string): Before | null;
  /** Where the journal ends now. */
  place(): Pick<Before, 'chain' | 'number'>;
  /** What was believed, with what was confirmed of the member since; null where nothing was kept. */
  withOurs(increment: Increment): Baseline | null;
}

export function createBeliefs(db: Db): Beliefs {
  const content = db.prepare('SELECT content FROM evidence WHERE increment_id = ?');
  const last = db.prepare('SELECT chain, number FROM journal ORDER BY chain DESC, number DESC LIMIT 1');
  const since = db.prepare(
    `SELECT CAST(COALESCE(SUM(i.balance_increment_e4), 0) AS TEXT) AS balance,
       CAST(COALESCE(SUM(i.point_increment_e4), 0) AS TEXT) AS point
     FROM increment i WHERE i.customer_uid = @customerUid AND i.account_host = @accountHost
       AND i.account_app_id = @accountAppId AND i.id <> @id AND i.state = 'confirmed'
       AND EXISTS (SELECT 1 FROM journal j WHERE j.entry_id = i.id AND j.event IN ('ended', 'decided')
         AND (j.chain, j.number) > (@chain, @number))`,
  );
  const of = (entryId: string): Before | null => {
    const row = content.get(entryId) as { content: string } | undefined;
    const parsed = row === undefined ? null : contentSchema.safeParse(JSON.parse(row.content));
    return parsed?.success === true ? parsed.data.before : null;
  };
  return {
    of,
    place: () => (last.get() as Pick<Before, 'chain' | 'number'> | undefined) ?? { chain: 1, number: 0 },
    withOurs: ({ id, customerUid, accountHost, accountAppId }) => {
      const before = of(id);
      if (before === null) return null;
      const { chain, number, ...believed } = before;
      const named = { id, customerUid, accountHost, accountAppId, chain, number };
      const ours = since.get(named) as { balance: string; point: string };
      return {
        balance: addAmounts(believed.balance, fromScaled(ours.balance)),
        point: addAmounts(believed.point, fromScaled(ours.point)),
        atMs: believed.atMs,
      };
    },
  };
}
