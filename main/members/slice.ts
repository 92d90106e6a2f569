import type { Policy } from '../../preload/contract/index.ts';
import type { Hosts } from '../hosts/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Room } from '../kernel/room.ts';
import type { Ledger } from '../ledger/index.ts';
import { shownEntries } from '../ledger/shown/index.ts';
import { createDirectoryFillService } from './directory-fill-service.ts';
import { createDirectoryRepository } from './directory-repository.ts';
import { createForgottenSends, withoutBaselinesWhile } from './forgotten-sends.ts';
import { createLookUpService } from './look-up-service.ts';
import { createMemberReader } from './member-reader.ts';
import { createMemberRetentionService } from './member-retention-service.ts';
import { createMembersRoom } from './members-room.ts';

export interface MembersNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly isPractice: boolean;
  readonly policy: () => Pick<Policy, 'memberFreshMs' | 'memberKeptMs'>;
  readonly hasDiskRoom: () => boolean;
}

export type Members = ReturnType<typeof createMembers>;

/** Between two pages of the directory. */
const PAUSE_MS = 2_000;

/** Members, cards and their last readings. */
export function createMembers(needs: MembersNeeds) {
  const { isPractice, policy, hasDiskRoom } = needs;
  const { db, seals, settings, runInTransaction, storeTimeZone, today } = needs.kernel;
  const { clock, random, logger, changed } = needs.kernel;
  const { account, client, link, meter, callBudget } = needs.hosts;
  const { outbox, transitions, tryWrite, erased } = needs.ledger;
  const known = createDirectoryRepository(db, seals, changed, (uid) => erased?.has(uid) ?? false);
  const forgottenSends = createForgottenSends({
    directory: known,
    runInTransaction,
    clock,
    logger,
    settings,
  });
  const directory = withoutBaselinesWhile(forgottenSends, known);
  const reader = createMemberReader({
    client,
    directory,
    transitions,
    meter,
    link,
    clock,
    logger,
    runInTransaction,
  });
  const pauseMs = isPractice ? 50 : PAUSE_MS;
  const directoryFill = createDirectoryFillService({
    reader,
    settings,
    callBudget,
    link,
    clock,
    logger,
    canCall: account.hasKey,
    hasRoom: hasDiskRoom,
    tryWrite,
    pauseMs,
    changed,
  });
  const retention = createMemberRetentionService({
    directory,
    keptMs: () => policy().memberKeptMs,
    clock,
    logger,
  });
  const lookUp = createLookUpService({
    directory,
    outbox,
    reader,
    callBudget,
    freshMs: () => policy().memberFreshMs,
    link,
    clock,
    random,
    today,
    shownEntries: () => shownEntries(outbox, storeTimeZone),
    canCall: account.hasKey,
  });
  const membersRoom = createMembersRoom({
    lookUp,
    directory,
    directoryFill,
    retention,
    callBudget,
  });
  return {
    directory,
    forgottenSends,
    reader,
    directoryFill,
    retention,
    lookUp,
    /** Pause between pages that nobody waits for. */
    pauseMs,
    rooms: [membersRoom] satisfies Room[],
  };
}
