import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Logger, Random } from '../../kernel/ports.ts';
import { isNoText, type TextOf } from './bounded-z.ts';
import type { CarriedZs } from './carried-zs.ts';
import type { ReadZ } from './read-z.ts';
import type { ZFacts } from './z-facts.ts';

/** Copies of the imported Z files, in the till's folder and in its database, which a backup and a move carry. */
export interface ZFolder {
  /** Makes folder and database agree after a restore, a move or an update. */
  agree(): Promise<void>;
  /** Nothing more can be kept. */
  isFull(): boolean;
  all(): Promise<{ readonly zs: readonly ZFacts[]; readonly unread: number }>;
  /** Resolves once it is on disk; a differing one of the same id is stored beside it. Throws as the file system does. */
  keep(facts: ZFacts, text: string): Promise<void>;
  /** Removes all files of this report. */
  remove(id: string): Promise<void>;
  /** Digests of those removed last, which nothing but a person brings back. */
  removed(): readonly string[];
}

export interface ZFolderParts {
  readonly folder: string;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>;
  /** Null without an App key. */
  readonly read: (text: string) => Promise<ReadZ | null>;
  /** Another one once the App key is another; null without a key. */
  readonly keyId: () => string | null;
  /** The same report under the present key; null where it is none, or without a key. */
  readonly sealAgain: (text: string) => string | null;
  readonly textOf: TextOf;
  readonly carried: CarriedZs;
}

const ENDING = '.json';
const NAME = /^[0-9a-f]{32}(-[0-9a-f]{32})?\.json$/;

/** A hash, since an id comes from outside and must not form a path. */
const stemOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);
/** The first of an id, and a differing one. */
const namesOf = ({ id, digest }: ZFacts): readonly [string, string] => [
  `${stemOf(id)}${ENDING}`,
  `${stemOf(id)}-${digest}${ENDING}`,
];

export function createZFolder({
  folder,
  random,
  logger,
  pause,
  read,
  keyId,
  sealAgain,
  textOf,
  carried,
}: ZFolderParts): ZFolder {
  const known = new Map<string, ZFacts>();
  /** Names of those that could not be read. */
  const unread = new Set<string>();
  /** The key that those known are sealed under, or will be. */
  let sealedUnder: string | null = null;
  /** Those that are not yet. */
  let unsealed = new Map<string, ZFacts>();
  let sealing: ReadonlyMap<string, ZFacts> | null = null;
  let isUnsealedTold = false;
  let loading: Promise<void> | null = null;

  const names = async (): Promise<readonly string[]> => {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith(ENDING));
    } catch {
      return [];
    }
  };

  const copies = (): readonly string[] => carried.names().filter((name) => NAME.test(name));

  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomically(join(folder, name), text, random.uuid());
  };

  const carry = async (name: string, text: string): Promise<void> => {
    // Known before each of thousands is compressed for nothing. One that is there takes no more room.
    if (carried.isFull() && (await carried.text(name)) === null) return;
    if (!(await carried.put(name, text))) logger.warn('reports.not-carried', { name });
  };

  const discard = async (name: string): Promise<void> => {
    carried.drop(name);
    await rm(join(folder, name), { force: true });
  };

  /** Files that a backup or a move brought. */
  const bring = async (): Promise<void> => {
    const there = new Set(await names());
    for (const name of copies()) {
      if (there.has(name)) continue;
      await pause();
      const text = await carried.text(name);
      if (text !== null) await write(name, text);
    }
  };

  /** False without a key: nothing can be verified, which is no fault of a file. */
  const readAll = async (): Promise<boolean> => {
    unread.clear();
    sealedUnder = keyId();
    for (const name of await names()) {
      await pause();
      const text = await textOf(join(folder, name));
      const found: ReadZ | null = isNoText(text) ? { ok: false, problem: text } : await read(text);
      if (found === null) {
        known.clear();
        sealedUnder = null;
        return false;
      }
      if (found.ok && namesOf(found.facts).includes(name)) {
        known.set(name, found.facts);
        if ((await carried.text(name)) !== text) await carry(name, text);
      } else {
        unread.add(name);
        logger.warn('reports.unread', { problem: found.ok ? 'name' : found.problem });
      }
    }
    return true;
  };

  /** As it was known under the key of before: of what lies there otherwise nothing is sealed. */
  const sealOneAgain = async (name: string, facts: ZFacts): Promise<void> => {
    const there = await textOf(join(folder, name));
    if (isNoText(there)) throw new Error(there);
    const text = sealAgain(there);
    const found = text === null ? null : await read(text);
    const isSame = found?.ok === true && found.facts.digest === facts.digest;
    if (text === null || !isSame || known.get(name) !== facts) return;
    await write(name, text);
    await carry(name, text);
    // A manager removed it meanwhile.
    if (!known.has(name)) await discard(name);
  };

  /** What another program holds, or the disk has no room for, holds no other, and is left for the next time. */
  const sealAllAgain = async (these: Map<string, ZFacts>): Promise<void> => {
    for (const [name, facts] of [...these]) {
      await pause();
      try {
        if (known.get(name) === facts) await sealOneAgain(name, facts);
        these.delete(name);
      } catch (thrown) {
        if (!isUnsealedTold) logger.warn('reports.not-sealed', { error: String(thrown) });
        isUnsealedTold = true;
      }
    }
  };

  /** The next start reads nothing under the key of before. Nobody waits for it. */
  const followKey = (): void => {
    const present = keyId();
    if (present === null) return;
    if (present !== sealedUnder) {
      unsealed = new Map(known);
      isUnsealedTold = false;
    }
    sealedUnder = present;
    if (unsealed.size === 0 || sealing === unsealed) return;
    const these = unsealed;
    sealing = these;
    sealAllAgain(these)
      // Closed meanwhile.
      .catch(() => undefined)
      .finally(() => {
        if (sealing === these) sealing = null;
      });
  };

  const load = async (): Promise<void> => {
    loading ??= bring()
      .then(readAll)
      .then((isRead) => {
        if (!isRead) loading = null;
      })
      .catch((thrown: unknown) => {
        loading = null;
        throw thrown;
      });
    await loading;
    followKey();
  };

  return {
    agree: async () => {
      const [files, carriedNow] = [await names(), copies()];
      const all = new Set([...files, ...carriedNow]).size;
      if (all > files.length || all > carriedNow.length) await load();
    },
    isFull: carried.isFull,
    removed: carried.removed,
    all: async () => {
      await load();
      return { zs: [...known.values()], unread: unread.size };
    },
    keep: async (facts, text) => {
      await load();
      const [plain, own] = namesOf(facts);
      const there = known.get(plain);
      // An unread one under the plain name may be the other of them.
      const isPlain = there === undefined ? !unread.has(own) : there.digest === facts.digest;
      const name = isPlain ? plain : own;
      await write(name, text);
      await carry(name, text);
      known.set(name, facts);
      unread.delete(name);
    },
    remove: async (id) => {
      await load();
      for (const [name, facts] of known) {
        if (facts.id !== id) continue;
        carried.noteRemoved(facts.digest);
        // Before it is gone: while it is sealed again nothing else says so.
        known.delete(name);
        await discard(name).catch((thrown: unknown) => {
          known.set(name, facts);
          throw thrown;
        });
      }
    },
  };
}
