import { isDeepStrictEqual } from 'node:util';
import { type AppError, appError, type ShopChange, type ShownChain } from '../../preload/contract/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import { every } from '../kernel/every.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import type { ChainRepository } from './chain-repository.ts';
import { type JudgedShop, judgeShop } from './judge-shop.ts';
import { lookIntoFolder, refusedShop } from './look-into-folder.ts';
import { mayApply } from './may-apply.ts';
import type { Shop } from './shop.ts';
import { shopChanges, type TillNow } from './shop-changes.ts';
import { type TakeOverParts, takeOver } from './take-over.ts';

export interface ChainWatchParts extends TakeOverParts {
  readonly repository: ChainRepository;
  readonly currency: string;
  readonly timeouts: Timeouts;
  readonly hasEntryOpen: () => boolean;
  /** This computer has the owner's key: what is changed here is signed next, and not put back. */
  readonly holdsKey: () => boolean;
  readonly clock: Pick<Clock, 'nowMs' | 'schedule'>;
  readonly logger: Logger;
  readonly changed: Changed<'chain' | 'till' | 'rules' | 'receipts'>;
}

/** Looks into the chain's folder, and takes over what its owner signed. */
export interface ChainWatch {
  start(): void;
  stop(): void;
  /** Reads the folder now; null where the till goes by what is there, or will. With a manager there who can give a PIN. */
  look(isManagerThere?: boolean): Promise<AppError | null>;
  /** A manager joined another chain, or left it. */
  renew(): void;
  next(): ShownChain['next'];
  problem(): AppError | null;
}

const LOOK_EVERY_MS = 300_000;
/** How soon after an entry, or after its day has come, a configuration is taken over. */
const TRY_EVERY_MS = 10_000;

export const comingOf = (shop: Shop, now: TillNow, lockedByIt: readonly string[]) => ({
  version: shop.version,
  validFromMs: shop.validFromMs,
  changes: [...shopChanges(now, shop, lockedByIt)],
});

export function createChainWatch(parts: ChainWatchParts): ChainWatch {
  const { repository, clock, logger, changed } = parts;
  const runExclusive = createMutex();
  let isStopped = true;
  let next: JudgedShop | null = null;
  /** Why the folder has nothing to go by. */
  let unread: AppError | null = null;
  /** Why this till did not take over what was there, and which that was. */
  let untaken: { readonly digest: string; readonly error: AppError } | null = null;
  let told: AppError | null = null;
  /** The configuration that a manager let in, though nobody has a PIN by it. */
  let letIn: string | null = null;
  /** What was still otherwise once a configuration was taken over: no reason to do so again and again. */
  let left: readonly ShopChange[] = [];
  let endLooking = (): void => undefined;
  let endTrying = (): void => undefined;

  const problem = (): AppError | null => unread ?? untaken?.error ?? null;

  const changesOf = (shop: Shop) => shopChanges(parts.now(), shop, parts.lockedByIt());
  /** Something came in the place of what the owner set: IT's lock, altered settings, a manager while the till was in no chain. */
  const isDisplaced = (shop: Shop): boolean => !parts.holdsKey() && !isDeepStrictEqual(changesOf(shop), left);

  /** Told once, and again only once something else came in between. */
  const tell = (): void => {
    const found = problem();
    if (isDeepStrictEqual(found, told)) return;
    told = found;
    // Without the names that a sentence may have.
    if (found !== null)
      logger.warn('chain.refused', { code: found.code, reason: found.details?.['reason'] ?? '' });
    changed('chain');
  };

  const wait = (judged: JudgedShop | null): void => {
    endTrying();
    const isOther = judged?.digest !== next?.digest;
    next = judged;
    if (judged !== null) endTrying = every(clock, TRY_EVERY_MS, settle);
    if (isOther) changed('chain');
  };

  /** Signed here, it is what this till has: were it to wait, it would come over what is changed here next. */
  const isAsHere = (shop: Shop): boolean => parts.holdsKey() && changesOf(shop).length === 0;

  /** The disk may be full; any other failure is a bug of ours, which must not keep a till from selling. */
  const failureOf = (thrown: unknown): AppError => {
    logger.error('chain.not-taken', { error: String(thrown) });
    return databaseFailure(thrown) ?? appError('internal');
  };

  const taking = (judged: JudgedShop): AppError | null => {
    try {
      return takeOver(parts, judged);
    } catch (thrown) {
      return failureOf(thrown);
    }
  };

  function settle(): void {
    if (next === null || isStopped) return;
    const hasEntryOpen = parts.hasEntryOpen() && !isAsHere(next.shop);
    const now = { hasEntryOpen, nowMs: clock.nowMs() };
    if (!mayApply(next.shop, now)) return;
    const { people } = next.shop;
    if (letIn !== next.digest && people !== undefined && parts.people.locksOut(people)) {
      untaken = { digest: next.digest, error: appError('shop-refused', { reason: 'pins' }) };
      tell();
      return;
    }
    const judged = next;
    // What was refused waits for the next look, not for ten seconds.
    wait(null);
    const error = taking(judged);
    untaken = error && { digest: judged.digest, error };
    tell();
    if (error !== null) return;
    left = changesOf(judged.shop);
    logger.info('chain.taken', { version: judged.version });
    changed('chain', 'till', 'rules', 'receipts');
  }

  /** Why the folder has nothing that the till goes by, or will. */
  const lookOnce = async (): Promise<AppError | null> => {
    const [joined, folder] = [repository.joined(), repository.folder()];
    if (joined === null || folder === null) return null;
    const bytes = await lookIntoFolder(folder, parts.timeouts);
    // Closed, or in another chain by now.
    if (isStopped || repository.joined()?.key !== joined.key || repository.folder() !== folder) return unread;
    if (!bytes.ok) return bytes.error;
    const trust = { chain: joined.chain, key: joined.key, currency: parts.currency };
    // One that waits for its day stays, also where an older one is put over it.
    const judged = judgeShop(bytes.value, trust, next ?? repository.taken());
    if (!judged.ok) return refusedShop(judged.error);
    const { isNew, shop, digest } = judged.value;
    // Another one came in its place.
    if (untaken?.digest !== digest) untaken = null;
    if (isNew || (next === null && isDisplaced(shop))) wait(judged.value);
    else if (next === null) untaken = null;
    return null;
  };

  const look = (isManagerThere = false): Promise<AppError | null> =>
    runExclusive(async () => {
      try {
        unread = await lookOnce();
      } catch (thrown) {
        unread = failureOf(thrown);
      }
      if (isStopped) return problem();
      tell();
      // Not for a later day, when nobody may be there.
      if (isManagerThere && next !== null && clock.nowMs() >= next.shop.validFromMs) letIn = next.digest;
      settle();
      return problem();
    });

  const begin = (isManagerThere: boolean): void => {
    endLooking();
    if (repository.joined() === null) return;
    endLooking = every(clock, LOOK_EVERY_MS, () => void look());
    void look(isManagerThere);
  };

  return {
    start: () => {
      isStopped = false;
      begin(false);
    },
    stop: () => {
      isStopped = true;
      endLooking();
      endTrying();
    },
    look,
    renew: () => {
      wait(null);
      unread = null;
      untaken = null;
      tell();
      begin(true);
    },
    next: () => next && comingOf(next.shop, parts.now(), parts.lockedByIt()),
    problem,
  };
}
