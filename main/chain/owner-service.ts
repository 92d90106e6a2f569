import { join } from 'node:path';
import {
  type AppError,
  appError,
  err,
  ok,
  type Result,
  type SignedPart,
} from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { writeFileAtomically } from '../kernel/atomic-file.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import { startOfDay } from '../kernel/store-time.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { makeRecoveryCode, normaliseRecoveryCode, readName } from '../people/index.ts';
import type { ChainRepository } from './chain-repository.ts';
import { lookIntoFolder, refusedShop, withinFolder } from './look-into-folder.ts';
import { ownerKeyOf, publicHalf } from './owner-key.ts';
import { MOST_KEY_BYTES, OWNER_KEY_FILE, openOwnerKey, SEED_BYTES, sealOwnerKey } from './owner-key-file.ts';
import { readBounded } from './read-bounded.ts';
import { type Shop, shopSchema } from './shop.ts';
import type { TillNow } from './shop-changes.ts';
import { MOST_BYTES, readShopFile, SHOP_FILE, signShop } from './shop-file.ts';
import { shopOfTill } from './shop-of-till.ts';

export interface OwnerParts {
  readonly repository: ChainRepository;
  /** The owner's key as the vault had it when the till opened. */
  readonly ownerKey: string | null;
  /** Stores it in the vault; rejects where the keyring or the disk refuses. */
  readonly keepOwnerKey: (ownerKey: string) => Promise<void>;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly now: () => TillNow;
  readonly rulesVersion: () => number;
  readonly currency: string;
  readonly storeTimeZone: string;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'bytes' | 'uuid'>;
  readonly logger: Pick<Logger, 'error' | 'info'>;
}

type Done = Result<Record<string, never>>;

/** What only the owner does: the key, and what it signs. */
export interface OwnerService {
  /** This computer has the key of the chain that the till is in. */
  holdsKey(): boolean;
  /** A new key and its chain in this folder, which the till joins; the code is told once. */
  make(name: string, folder: string, who: Actor): Promise<Result<{ readonly code: string }>>;
  sign(
    asked: { readonly parts: readonly SignedPart[]; readonly fromDay: string | null },
    who: Actor,
  ): Promise<Result<{ readonly version: number }>>;
  takeKey(code: string): Promise<Done>;
}

/** Every till reads it, whatever user its program runs as. */
const READABLE = 0o644;

/** The journal's word. */
const SIGNED = 'shop signed';

/** A file that is no configuration of this chain may be written over; one of somebody else's may not. */
const isTheirs: ReadonlySet<string | undefined> = new Set(['other-key', 'other-chain', 'newer']);

const sealedKeyIn = (folder: string) => readBounded(join(folder, OWNER_KEY_FILE), MOST_KEY_BYTES);

export function createOwnerService(parts: OwnerParts): OwnerService {
  const { repository, timeouts, random, clock, logger } = parts;
  const runExclusive = createMutex();
  let held = parts.ownerKey;

  const keyOf = (base64: string | null) => {
    const seed = base64 === null ? null : Buffer.from(base64, 'base64');
    return seed?.length === SEED_BYTES ? ownerKeyOf(seed) : null;
  };
  const key = () => {
    const own = keyOf(held);
    return own !== null && publicHalf(own) === repository.joined()?.key ? own : null;
  };

  const keep = async (seed: Buffer): Promise<AppError | null> => {
    try {
      await parts.keepOwnerKey(seed.toString('base64'));
      held = seed.toString('base64');
      return null;
    } catch (thrown) {
      logger.error('chain.key-not-kept', { error: String(thrown) });
      return appError('keyring-unavailable');
    }
  };

  const write = (folder: string, file: string, content: string | Buffer): Promise<AppError | null> =>
    withinFolder(folder, timeouts, async () => {
      await writeFileAtomically(join(folder, file), content, random.uuid(), READABLE);
      return null;
    }).catch((thrown: unknown) => {
      const { code = 'unknown' } = thrown as NodeJS.ErrnoException;
      return code === 'ETIMEDOUT'
        ? appError('chain-folder-hangs')
        : appError('file-not-saved', { system: code });
    });

  const make: OwnerService['make'] = async (typed, folder, who) => {
    if (parts.journal === null) return err(appError('key-lost'));
    if (repository.joined() !== null) return err(appError('chain-there'));
    const name = readName(typed);
    if (name === null) return err(appError('invalid-request', { field: 'name' }));
    const there = await lookIntoFolder(folder, timeouts);
    if (there.ok || there.error.code === 'shop-refused') return err(appError('chain-there'));
    if (there.error.code !== 'chain-folder-gone') return there;
    const other = await withinFolder(folder, timeouts, () => sealedKeyIn(folder)).catch(() => null);
    if (other === null) return err(appError('chain-folder-hangs'));
    // Written over, it would be the end of another chain's key.
    if (other.ok || other.error !== 'missing') return err(appError('chain-there'));
    const seed = random.bytes(SEED_BYTES);
    const code = makeRecoveryCode(random);
    const sealed = await sealOwnerKey(seed, code.replaceAll('-', ''), random);
    const own = ownerKeyOf(seed);
    const chain = random.uuid();
    const { currency } = parts;
    // Nothing yet: it says whose chain this is.
    const shop: Shop = { version: 1, validFromMs: clock.nowMs(), chain, name, currency };
    const problem =
      (await keep(seed)) ??
      (await write(folder, OWNER_KEY_FILE, sealed)) ??
      (await write(folder, SHOP_FILE, signShop(shop, own)));
    if (problem !== null) return err(problem);
    repository.join({ chain, name, key: publicHalf(own) }, folder, who);
    return ok({ code });
  };

  /** The version after every one that this till has taken, or that lies in the folder. */
  const versionAfter = (bytes: Result<Buffer, AppError>, trusted: string): Result<number, AppError> => {
    const taken = repository.taken()?.version ?? 0;
    // Rules that were changed here are the next version's, by the same number.
    const next = (last: number) => ok(Math.max(last + 1, parts.rulesVersion()));
    if (!bytes.ok) return bytes.error.code === 'chain-folder-hangs' ? bytes : next(taken);
    const read = readShopFile(bytes.value, trusted);
    if (read.ok) return next(Math.max(taken, read.value.shop.version));
    return isTheirs.has(read.error) ? err(refusedShop(read.error)) : next(taken);
  };

  const sign: OwnerService['sign'] = async (asked, who) => {
    const [joined, folder, own] = [repository.joined(), repository.folder(), key()];
    if (joined === null || folder === null || own === null) return err(appError('chain-no-key'));
    const version = versionAfter(await lookIntoFolder(folder, timeouts), joined.key);
    if (!version.ok) return version;
    const { fromDay } = asked;
    const shop = shopSchema.safeParse({
      version: version.value,
      validFromMs: fromDay === null ? clock.nowMs() : startOfDay(fromDay, parts.storeTimeZone),
      chain: joined.chain,
      name: joined.name,
      currency: parts.currency,
      ...shopOfTill(asked.parts, parts.now()),
    });
    if (!shop.success) return err(refusedShop('invalid'));
    const text = signShop(shop.data, own);
    if (Buffer.byteLength(text) > MOST_BYTES) return err(refusedShop('too-large'));
    const content = { version: version.value, parts: asked.parts, fromDay };
    parts.journal?.append({ event: 'noted', actor: actorText(who), reason: SIGNED, content });
    const problem = await write(folder, SHOP_FILE, text);
    if (problem !== null) return err(problem);
    logger.info('chain.signed', { version: version.value });
    return ok({ version: version.value });
  };

  const takeKey = async (typed: string): Promise<Done> => {
    const [joined, folder] = [repository.joined(), repository.folder()];
    if (joined === null || folder === null) return err(appError('chain-none'));
    const symbols = normaliseRecoveryCode(typed);
    if (symbols === null) return err(appError('owner-code-wrong'));
    const read = await withinFolder(folder, timeouts, () => sealedKeyIn(folder)).catch(() => null);
    if (read === null) return err(appError('chain-folder-hangs'));
    if (!read.ok)
      return err(read.error === 'missing' ? appError('chain-folder-gone') : refusedShop(read.error));
    const seed = await openOwnerKey(read.value, symbols);
    if (seed === null || publicHalf(ownerKeyOf(seed)) !== joined.key)
      return err(appError('owner-code-wrong'));
    const problem = await keep(seed);
    return problem === null ? ok({}) : err(problem);
  };

  return {
    holdsKey: () => key() !== null,
    make: (name, folder, who) => runExclusive(() => make(name, folder, who)),
    sign: (asked, who) => runExclusive(() => sign(asked, who)),
    takeKey: (code) => runExclusive(() => takeKey(code)),
  };
}
