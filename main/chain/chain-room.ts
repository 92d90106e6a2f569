import {
  type AppError,
  appError,
  type ChannelReply,
  err,
  ok,
  type Result,
  type ShownChain,
} from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { FolderPicker, Random } from '../kernel/ports.ts';
import type { Room } from '../kernel/room.ts';
import type { Joined } from './chain-repository.ts';
import { type ChainWatch, type ChainWatchParts, comingOf } from './chain-watch.ts';
import { lookIntoFolder, refusedShop } from './look-into-folder.ts';
import { fingerprintOf } from './owner-key.ts';
import type { OwnerService } from './owner-service.ts';
import { readShopFile } from './shop-file.ts';
import { partsOfNames } from './shop-of-till.ts';
import type { StatesWatch } from './states/states-watch.ts';

export interface ChainRoomParts extends ChainWatchParts {
  readonly watch: ChainWatch;
  readonly owner: OwnerService;
  readonly states: Pick<StatesWatch, 'renew' | 'round' | 'problem'>;
  /** Null where the computer has none. */
  readonly picker: FolderPicker | null;
  readonly random: Pick<Random, 'uuid'>;
}

/** What a manager was shown, and may join by its id. */
interface Offer {
  readonly id: string;
  readonly joined: Joined;
  readonly folder: string;
}

type Found = ChannelReply<'chain:find'>['found'];

/** Joining a chain, leaving it, and what the screen shows of it. */
export function createChainRoom(parts: ChainRoomParts): Room {
  const { repository, watch, owner, states, changed, currency } = parts;
  let offer: Offer | null = null;
  const renew = (): void => {
    watch.renew();
    states.renew();
    changed('chain');
  };

  const find = async (folder: string): Promise<Result<Found, AppError>> => {
    offer = null;
    const bytes = await lookIntoFolder(folder, parts.timeouts);
    if (!bytes.ok) return bytes;
    const before = repository.joined();
    const read = readShopFile(bytes.value, before?.key ?? null);
    if (!read.ok) return err(refusedShop(read.error));
    const { shop, key } = read.value;
    if (before !== null && before.chain !== shop.chain) return err(refusedShop('other-chain'));
    if (shop.currency !== currency) return err(refusedShop('other-currency'));
    const { chain, name } = shop;
    const id = parts.random.uuid();
    offer = { id, joined: { chain, name, key }, folder };
    const coming = comingOf(shop, parts.now(), parts.lockedByIt());
    return ok({ ...coming, id, name, folder, fingerprint: fingerprintOf(key) });
  };

  const join = async (id: string, who: Actor): Promise<Result<Record<string, never>>> => {
    if (offer?.id !== id) return err(appError('chain-not-found'));
    repository.join(offer.joined, offer.folder, who);
    offer = null;
    renew();
    return ok({});
  };

  /** That another computer runs this till comes first. */
  const problem = (): AppError | null => {
    const own = states.problem();
    return own?.code === 'chain-till-twice' ? own : (watch.problem() ?? own);
  };

  const shown = (): ShownChain | null => {
    const joined = repository.joined();
    if (joined === null) return null;
    const taken = repository.taken();
    return {
      name: joined.name,
      folder: repository.folder() ?? '',
      fingerprint: fingerprintOf(joined.key),
      taken: taken && { version: taken.version, atMs: taken.atMs },
      sets: owner.holdsKey() ? [] : [...(taken?.sets ?? [])],
      isOwner: owner.holdsKey(),
      parts: [...partsOfNames(taken?.sets ?? [])],
      next: watch.next(),
      problem: problem(),
    };
  };

  const make = async (name: string, who: Actor): Promise<Result<ChannelReply<'chain:make'>>> => {
    const folder = (await parts.picker?.pick()) ?? null;
    if (folder === null) return ok({ made: null });
    const made = await owner.make(name, folder, who);
    if (!made.ok) return made;
    renew();
    return ok({ made: made.value });
  };

  return {
    name: 'chain',
    managersHandlers: {
      'chain:make': ({ name }, who) => make(name, who),
      'chain:preview': (asked) => owner.preview(asked),
      'chain:sign': async (asked, who) => {
        const signed = await owner.sign(asked, who);
        // Taken over here like everywhere, and told where it is not.
        if (signed.ok) await watch.look(true);
        return signed;
      },
      'chain:takeKey': async ({ code }) => {
        const taken = await owner.takeKey(code);
        if (taken.ok) changed('chain');
        return taken;
      },
      'chain:find': async () => {
        const folder = (await parts.picker?.pick()) ?? null;
        if (folder === null) return ok({ found: null });
        const found = await find(folder);
        return found.ok ? ok({ found: found.value }) : found;
      },
      'chain:join': ({ id }, who) => join(id, who),
      'chain:leave': (_, who) => {
        repository.leave(who);
        renew();
        return ok({});
      },
      'chain:look': async () => {
        if (repository.joined() === null) return err(appError('chain-none'));
        void states.round();
        const problem = await watch.look(true);
        return problem === null ? ok({}) : err(problem);
      },
    },
    start: watch.start,
    stop: watch.stop,
    wokeUp: () => void watch.look(),
    shows: { chain: shown },
  };
}
