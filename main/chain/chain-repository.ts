import { z } from 'zod';
import { appError } from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { DatabaseFailure } from '../kernel/database/failure.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';

const joinedSchema = z.object({
  chain: z.string(),
  name: z.string(),
  /** The owner's, in base64. */
  key: z.string(),
});
/** The chain that a manager joined this till to. */
export type Joined = z.infer<typeof joinedSchema>;

const takenSchema = z.object({
  chain: z.string(),
  version: z.number().int(),
  digest: z.string(),
  /** The names of what it sets. */
  sets: z.array(z.string()),
  atMs: z.number(),
});
/** The configuration by which this till goes. */
export type Taken = z.infer<typeof takenSchema>;

export interface ChainRepository {
  /** Null where the till is in no chain. */
  joined(): Joined | null;
  /** What was taken last from the chain joined; null before. It outlasts leaving, so that no older one comes back. */
  taken(): Taken | null;
  folder(): string | null;
  /** In one transaction, journaled. */
  join(joined: Joined, folder: string, who: Actor): void;
  leave(who: Actor): void;
  /** In the caller's transaction; `told` is journaled with it. */
  take(taken: Taken, told: object, who: Actor): void;
  /** A transaction around `take` did not end. */
  forget(): void;
}

interface ChainRepositoryParts {
  readonly settings: Settings;
  readonly runInTransaction: RunInTransaction;
  /** Null while its key is lost: then nothing is trusted. */
  readonly journal: Pick<JournalRepository, 'append' | 'noted' | 'notes'> | null;
}

const FOLDER_KEY = 'chain.folder';

/** The journal's words. */
const JOINED = 'chain';
const TAKEN = 'shop';

/** How far back one of a chain is looked for that the till was out of. */
const MOST_SINCE = 200;

/**
 * Whom the till trusts and how far it is: the journal's alone, so that altering the settings joins no chain and brings no
 * older configuration back. After a lost key a manager joins again.
 */
export function createChainRepository({
  settings,
  runInTransaction,
  journal,
}: ChainRepositoryParts): ChainRepository {
  let known: { readonly joined: Joined | null; readonly taken: Taken | null } | null = null;

  const kept = <T>(reason: string, schema: z.ZodType<T>): T | null =>
    schema.safeParse(journal?.noted(reason)).data ?? null;
  const takenOf = (chain: string): Taken | null => {
    const last = kept(TAKEN, takenSchema);
    if (last === null || last.chain === chain) return last;
    // The till was in another chain since.
    for (const { content, isProven } of journal?.notes(TAKEN, { limit: MOST_SINCE }) ?? []) {
      const earlier = takenSchema.safeParse(content).data;
      if (isProven && earlier?.chain === chain) return earlier;
    }
    return null;
  };
  const read = () => {
    const joined = kept(JOINED, joinedSchema);
    return { joined, taken: joined && takenOf(joined.chain) };
  };
  const now = () => {
    known ??= read();
    return known;
  };
  const keep = (reason: string, content: object, who: Actor): void => {
    if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
    known = null;
    journal.append({ event: 'noted', actor: actorText(who), reason, content });
  };
  const changed = (work: () => void): void => {
    try {
      runInTransaction(work);
    } finally {
      known = null;
    }
  };

  return {
    joined: () => now().joined,
    taken: () => now().taken,
    folder: () => settings.get(FOLDER_KEY),
    join: ({ chain, name, key }, folder, who) =>
      changed(() => {
        settings.set(FOLDER_KEY, folder);
        keep(JOINED, { what: 'joined', chain, name, key }, who);
      }),
    leave: (who) => {
      const { joined } = now();
      if (joined === null) return;
      changed(() => {
        settings.remove(FOLDER_KEY);
        // Not readable as joined.
        keep(JOINED, { what: 'left', left: joined.chain }, who);
      });
    },
    take: (taken, told, who) => keep(TAKEN, { ...taken, ...told }, who),
    forget: () => {
      known = null;
    },
  };
}
