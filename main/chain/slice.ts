import type { Counter } from '../counter/index.ts';
import type { FolderPicker } from '../kernel/ports.ts';
import type { Room } from '../kernel/room.ts';
import type { Paper } from '../paper/index.ts';
import { nobody, type People } from '../people/index.ts';
import { createChainRepository } from './chain-repository.ts';
import { createChainRoom } from './chain-room.ts';
import { createChainWatch } from './chain-watch.ts';
import { createOwnerService } from './owner-service.ts';
import type { TillNow } from './shop-changes.ts';
import { createStates, type StatesNeeds } from './states/states.ts';

export interface ChainNeeds extends StatesNeeds {
  readonly people: People;
  readonly counter: Counter;
  readonly paper: Paper;
  readonly isPractice: boolean;
  /** Null where the computer has none. */
  readonly picker: FolderPicker | null;
  /** The owner's key, where this computer has it; null without a vault. */
  readonly ownerKey: string | null;
  readonly keepOwnerKey: (ownerKey: string) => Promise<void>;
  /** A form is begun, a review is open, or a drawer is being counted. */
  readonly hasEntryOpen: () => boolean;
}

export interface Chain {
  /** The names of what the owner sets at this till. */
  readonly sets: () => readonly string[];
  readonly rooms: readonly Room[];
}

/** This till as a part of a chain: what its owner sets for all of them. Practice is in none. */
export function createChain(needs: ChainNeeds): Chain {
  if (needs.isPractice) return { sets: () => [], rooms: [] };
  const { settings, runInTransaction, storeTimeZone, clock, random, logger, changed, above } = needs.kernel;
  const { counter, people, paper, timeouts, hasEntryOpen } = needs;
  const repository = createChainRepository({ settings, runInTransaction, journal: needs.ledger.journal });
  const now = (): TillNow => {
    const { people: list = [], permissions = nobody.permissions } = people.people.load() ?? {};
    return {
      policy: counter.policy.current(),
      rules: counter.rules.book(),
      people: list.map(({ id, name, role, language }) => ({ id, name, role, language })),
      permissions,
      receipts: paper.receiptSettings.current(),
    };
  };
  const parts = {
    repository,
    policy: counter.policy,
    afterPolicy: counter.afterPolicy,
    rules: counter.rules,
    people: people.owners,
    receipts: paper.receiptSettings,
    now,
    lockedByIt: () => above().it,
    runInTransaction,
    nowMs: clock.nowMs,
    currency: needs.hosts.config.currency,
    timeouts,
    hasEntryOpen,
    holdsKey: () => owner.holdsKey(),
    clock,
    logger,
    changed,
  };
  const watch = createChainWatch(parts);
  const owner = createOwnerService({
    repository,
    ownerKey: needs.ownerKey,
    keepOwnerKey: needs.keepOwnerKey,
    journal: needs.ledger.journal,
    now,
    rulesVersion: () => counter.rules.book().version,
    tillsVersions: () => states.reader.latest().flatMap(({ state }) => state.shopVersion ?? []),
    currency: parts.currency,
    storeTimeZone,
    timeouts,
    random,
    logger,
  });
  const states = createStates({ ...needs, repository, holdsKey: owner.holdsKey });
  return {
    // Where the owner's key is, its configuration is made.
    sets: () => (owner.holdsKey() ? [] : (repository.taken()?.sets ?? [])),
    rooms: [
      createChainRoom({
        ...parts,
        watch,
        owner,
        states: states.watch,
        picker: needs.picker,
        random,
      }),
      states.room,
    ],
  };
}
