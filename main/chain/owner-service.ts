import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type AppError,
  appError,
  type ChannelArgs,
  err,
  ok,
  type Result,
  type SigningPreview,
} from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { removeFile, writeFileAtomically } from '../kernel/atomic-file.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Logger, Random } from '../kernel/ports.ts';
import { startOfDay } from '../kernel/store-time.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { makeRecoveryCode, normaliseRecoveryCode, readName } from '../people/index.ts';
import type { ChainRepository } from './chain-repository.ts';
import { digestOf } from './judge-shop.ts';
import { lookIntoFolder, refusedShop, withinFolder } from './look-into-folder.ts';
import { ownerKeyOf, publicHalf } from './owner-key.ts';
import { MOST_KEY_BYTES, OWNER_KEY_FILE, openOwnerKey, SEED_BYTES, sealOwnerKey } from './owner-key-file.ts';
import { readBounded } from './read-bounded.ts';
import { namesSet, type Shop, shopSchema, shopText } from './shop.ts';
import { asSetBy, shopChanges, type TillNow } from './shop-changes.ts';
import { MOST_BYTES, type ReadShop, readShopFile, SHOP_FILE, signShop } from './shop-file.ts';
import { partsOfNames, shopOfTill } from './shop-of-till.ts';

export interface OwnerParts {
  readonly repository: ChainRepository;
  /** The owner's key as the vault had it when the till opened. */
  readonly ownerKey: string | null;
  /** Stores it in the vault; rejects where the keyring or the disk refuses. */
  readonly keepOwnerKey: (ownerKey: string) => Promise<void>;
  readonly journal: Pick<JournalRepository, 'append' | 'noted'> | null;
  readonly now: () => TillNow;
  readonly rulesVersion: () => number;
  /** The versions by which the chain's tills say they go. */
  readonly tillsVersions: () => readonly number[];
  readonly currency: string;
  readonly storeTimeZone: string;
  readonly timeouts: Timeouts;
  readonly random: Pick<Random, 'bytes' | 'uuid'>;
  readonly logger: Pick<Logger, 'error' | 'info'>;
}

/** What is to be signed, and from when. */
type Asked = Pick<ChannelArgs<'chain:sign'>, 'parts' | 'fromDay'>;

type Done = Result<Record<string, never>>;

/** What only the owner does: the key, and what it signs. */
export interface OwnerService {
  /** This computer has the key of the chain that the till is in. */
  holdsKey(): boolean;
  /** A new key and its chain in this folder, which the till joins; the code is told once. */
  make(name: string, folder: string, who: Actor): Promise<Result<{ readonly code: string }>>;
  /** What would be signed, against what was signed last. */
  preview(asked: Asked): Promise<Result<SigningPreview>>;
  /** `shown`: the preview's, which must still be so. */
  sign(asked: Asked & { readonly shown: string }, who: Actor): Promise<Result<{ readonly version: number }>>;
  takeKey(code: string): Promise<Done>;
}

/** Every till reads it, whatever user its program runs as. */
const READABLE = 0o644;

/** The journal's word. */
const SIGNED = 'shop signed';
const signedSchema = z.object({ version: z.number().int() });

/** No moment by this computer's clock: were that ahead, every till would wait. */
const AT_ONCE_MS = 0;

/** Further than this no owner is before another of their computers: what a till says must not use the numbers up. */
const MOST_AHEAD = 1_000;

/** A file that is no configuration of this chain may be written over; one of somebody else's may not. */
const isTheirs: ReadonlySet<string | undefined> = new Set(['other-key', 'other-chain', 'newer']);

/** The next version as it would be signed. */
interface Draft {
  readonly own: KeyObject;
  readonly folder: string;
  readonly shop: Shop;
  /** The last one, where the folder has it. */
  readonly last: ReadShop | null;
}

/** Names what is shown: what would be signed, and what that is compared with. */
const shownOf = ({ shop, last }: Draft): string =>
  digestOf(JSON.stringify([last?.signed ?? null, shopText(shop)]));

const momentOf = ({ validFromMs }: Shop): number | null => (validFromMs === AT_ONCE_MS ? null : validFromMs);

function previewOf(draft: Draft): SigningPreview {
  const { shop } = draft;
  const last = draft.last?.shop ?? null;
  const [before, after] = [last === null ? [] : namesSet(last), namesSet(shop)].map(partsOfNames);
  const without = (some: typeof before = [], others: typeof before = []) =>
    some.filter((part) => !others.includes(part));
  return {
    shown: shownOf(draft),
    version: shop.version,
    validFromMs: momentOf(shop),
    since: last?.version ?? null,
    sinceFromMs: last && momentOf(last),
    changes: [...shopChanges(asSetBy(last), shop, [])],
    begins: without(after, before),
    ends: without(before, after),
  };
}

const sealedKeyIn = (folder: string) => readBounded(join(folder, OWNER_KEY_FILE), MOST_KEY_BYTES);

export function createOwnerService(parts: OwnerParts): OwnerService {
  const { repository, timeouts, random, logger } = parts;
  const runExclusive = createMutex();
  let held = parts.ownerKey;
  // Where the folder goes back to an older file before any till's state says that it took the newer one.
  let signedUpTo = signedSchema.safeParse(parts.journal?.noted(SIGNED)).data?.version ?? 0;

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

  /** Half a chain, of which nobody has the code, would bar the way to a whole one. */
  const unmake = (folder: string, files: readonly string[]): Promise<void> =>
    withinFolder(folder, timeouts, async () => {
      for (const file of files) await removeFile(join(folder, file));
    }).catch(() => undefined);

  const make: OwnerService['make'] = async (typed, folder, who) => {
    if (parts.journal === null) return err(appError('key-lost'));
    if (repository.joined() !== null) return err(appError('chain-there'));
    const name = readName(typed);
    if (name === null) return err(appError('invalid-request', { field: 'name' }));
    const there = await lookIntoFolder(folder, timeouts);
    if (there.ok) return err(appError('chain-there'));
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
    const shop: Shop = { version: 1, validFromMs: AT_ONCE_MS, chain, name, currency };
    const before = held;
    // It may be the only one of a chain that this till has left, and joins again.
    const undo = async (files: readonly string[]) => {
      await unmake(folder, files);
      if (before !== null) await keep(Buffer.from(before, 'base64'));
    };
    const unkept = await keep(seed);
    if (unkept !== null) return err(unkept);
    const problem =
      (await write(folder, OWNER_KEY_FILE, sealed)) ?? (await write(folder, SHOP_FILE, signShop(shop, own)));
    if (problem !== null) {
      await undo([OWNER_KEY_FILE]);
      return err(problem);
    }
    try {
      repository.join({ chain, name, key: publicHalf(own) }, folder, who);
    } catch (thrown) {
      await undo([SHOP_FILE, OWNER_KEY_FILE]);
      throw thrown;
    }
    return ok({ code });
  };

  /** What the owner signed last; null where nothing of this chain is there. */
  const lastIn = (bytes: Result<Buffer, AppError>, trusted: string): Result<ReadShop | null, AppError> => {
    if (!bytes.ok) return bytes.error.code === 'chain-folder-hangs' ? bytes : ok(null);
    const read = readShopFile(bytes.value, trusted);
    if (read.ok) return read;
    return isTheirs.has(read.error) ? err(refusedShop(read.error)) : ok(null);
  };

  const draft = async ({ parts: chosen, fromDay }: Asked): Promise<Result<Draft, AppError>> => {
    const [joined, folder, own] = [repository.joined(), repository.folder(), key()];
    if (joined === null || folder === null || own === null) return err(appError('chain-no-key'));
    const last = lastIn(await lookIntoFolder(folder, timeouts), joined.key);
    if (!last.ok) return last;
    const here = Math.max(signedUpTo, repository.taken()?.version ?? 0, last.value?.shop.version ?? 0);
    // Somebody may have taken the newest away, or put an older one back, before this computer had the key.
    const known = Math.max(here, ...parts.tillsVersions().filter((version) => version <= here + MOST_AHEAD));
    const shop = shopSchema.safeParse({
      // Rules that were changed here are the next version's, by the same number.
      version: Math.max(known + 1, parts.rulesVersion()),
      validFromMs: fromDay === null ? AT_ONCE_MS : startOfDay(fromDay, parts.storeTimeZone),
      chain: joined.chain,
      name: joined.name,
      currency: parts.currency,
      ...shopOfTill(chosen, parts.now()),
    });
    return shop.success
      ? ok({ own, folder, shop: shop.data, last: last.value })
      : err(refusedShop('invalid'));
  };

  const preview: OwnerService['preview'] = async (asked) => {
    const drawn = await draft(asked);
    return drawn.ok ? ok(previewOf(drawn.value)) : drawn;
  };

  const sign: OwnerService['sign'] = async (asked, who) => {
    const drawn = await draft(asked);
    if (!drawn.ok) return drawn;
    const { own, folder, shop } = drawn.value;
    if (shownOf(drawn.value) !== asked.shown) return err(appError('sign-changed'));
    const text = signShop(shop, own);
    if (Buffer.byteLength(text) > MOST_BYTES) return err(refusedShop('too-large'));
    const { version } = shop;
    const content = { version, parts: asked.parts, fromDay: asked.fromDay };
    parts.journal?.append({ event: 'noted', actor: actorText(who), reason: SIGNED, content });
    const problem = await write(folder, SHOP_FILE, text);
    if (problem !== null) return err(problem);
    signedUpTo = version;
    logger.info('chain.signed', { version });
    return ok({ version });
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
    preview: (asked) => runExclusive(() => preview(asked)),
    sign: (asked, who) => runExclusive(() => sign(asked, who)),
    takeKey: (code) => runExclusive(() => takeKey(code)),
  };
}
