import { z } from 'zod';
import { amountSchema, type BonusRule } from '../../../preload/contract/index.ts';
import { type Actor, actorText, theProgram } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { RunInTransaction } from '../../kernel/database/run-in-transaction.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import { storeDay } from '../../kernel/store-time.ts';
import type { Increment } from '../../ledger/index.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { entriesOfMember } from '../../ledger/tables/index.ts';
import type { Elsewhere, OwnCredit } from './collisions.ts';

const foundSchema = z.object({
  entryId: z.string(),
  rule: z.string(),
  sum: amountSchema,
  loggedAt: z.string().nullable(),
  isSeen: z.boolean(),
});
/** An entry whose once-a-day bonus the member seems to have had at another till too. */
export type Collision = z.infer<typeof foundSchema>;

const storedSchema = z.object({
  version: z.literal(1),
  /** Entries still to be checked, oldest first. */
  waiting: z.array(z.string()),
  /** Newest last. */
  found: z.array(foundSchema),
});
type Stored = z.infer<typeof storedSchema>;

const nothing: Stored = { version: 1, waiting: [], found: [] };

const KEY = 'rules.collisions';

/** Only hints: the journal has all of them. */
const MOST_WAITING = 100;
const MOST_FOUND = 50;

export interface CollisionRepository {
  waiting(): readonly string[];
  found(): readonly Collision[];
  /** To be checked, once. */
  addWaiting(entryId: string): void;
  /** Stores and journals the result, once an entry. */
  settle(entry: Increment, rule: BonusRule, elsewhere: Elsewhere | null): void;
  /** It can no longer be checked. */
  drop(entryId: string): void;
  seen(entryIds: readonly string[], who: Actor): void;
  /** This till's increments that the member's log may list, the entry's included. */
  own(entry: Increment): readonly OwnCredit[];
  /** Whether another entry of the member got a reply on the entry's day, so that its sums are of that day. */
  wasRepliedToThatDay(entry: Increment): boolean;
}

interface CollisionRepositoryParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly runInTransaction: RunInTransaction;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly storeTimeZone: string;
}

const ofMember = `FROM increment i WHERE i.sequence IN (${entriesOfMember('@customerUid')})
  AND i.account IN (SELECT number FROM account WHERE host = @accountHost AND app_id = @accountAppId)`;

const memberOf = ({ customerUid, accountHost, accountAppId }: Increment) => ({
  customerUid,
  accountHost,
  accountAppId,
});

export function createCollisionRepository(parts: CollisionRepositoryParts): CollisionRepository {
  const { db, settings, runInTransaction, journal, storeTimeZone } = parts;
  const ownRows = db.prepare(
    `SELECT CAST(i.balance_increment_e4 AS TEXT) AS sum, i.data_change_time AS second ${ofMember} AND i.touched = 1`,
  );
  const replied = db.prepare(
    `SELECT MAX(i.settled_at_ms) AS at ${ofMember} AND i.state = 'confirmed' AND i.balance_after IS NOT NULL
       AND i.id <> @id`,
  );
  const load = (): Stored => {
    const text = settings.get(KEY);
    const parsed = storedSchema.safeParse(text === null ? null : readJson(text));
    return parsed.success ? parsed.data : nothing;
  };
  const keep = (kept: Stored) => settings.set(KEY, JSON.stringify(kept));
  const without = ({ waiting, ...kept }: Stored, entryId: string): Stored => ({
    ...kept,
    waiting: waiting.filter((id) => id !== entryId),
  });
  return {
    waiting: () => load().waiting,
    found: () => load().found,
    addWaiting: (entryId) => {
      const { waiting, ...kept } = load();
      if (waiting.includes(entryId) || kept.found.some((one) => one.entryId === entryId)) return;
      keep({ ...kept, waiting: [...waiting, entryId].slice(-MOST_WAITING) });
    },
    settle: ({ id: entryId }, { name: rule }, elsewhere) =>
      runInTransaction(() => {
        const kept = without(load(), entryId);
        if (elsewhere === null || kept.found.some((one) => one.entryId === entryId)) return keep(kept);
        const content = { entryId, rule, ...elsewhere };
        keep({ ...kept, found: [...kept.found, { ...content, isSeen: false }].slice(-MOST_FOUND) });
        const reason = 'bonus perhaps had elsewhere';
        journal?.append({ event: 'noted', actor: actorText(theProgram), reason, content });
      }),
    drop: (entryId) => keep(without(load(), entryId)),
    seen: (entryIds, who) =>
      runInTransaction(() => {
        const kept = load();
        const isMeant = ({ entryId, isSeen }: Collision) => !isSeen && entryIds.includes(entryId);
        const meant = kept.found.filter(isMeant);
        if (meant.length === 0) return;
        keep({ ...kept, found: kept.found.map((one) => (isMeant(one) ? { ...one, isSeen: true } : one)) });
        journal?.append({
          event: 'noted',
          actor: actorText(who),
          reason: 'bonus perhaps had elsewhere: seen',
          content: { entries: meant.map(({ entryId }) => entryId) },
        });
      }),
    own: (entry) =>
      (ownRows.all(memberOf(entry)) as { readonly sum: string; readonly second: string }[]).map(
        ({ sum, second }) => ({ sum: fromScaled(sum), dataChangeTime: second }),
      ),
    wasRepliedToThatDay: (entry) => {
      const { at } = replied.get({ ...memberOf(entry), id: entry.id }) as { readonly at: number | null };
      return at !== null && storeDay(at, storeTimeZone) === entry.storeDay;
    },
  };
}
