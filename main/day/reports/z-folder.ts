import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger, Random } from '../../kernel/ports.ts';
import { isNoText, type TextOf } from './bounded-z.ts';
import type { ReadZ } from './read-z.ts';
import type { ZFacts } from './z-facts.ts';

/**
 * Other tills' Z files that this till has verified, in its folder. It seals each with its journal key, so that a new App key
 * takes none of them away. Without that key there are none.
 */
export interface ZFolder {
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
  /** Null while it is lost. */
  readonly journalKey: Buffer | null;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  readonly settings: Pick<Settings, 'get' | 'set'>;
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>;
  /** Reads a Z file whose seal counts as verified. */
  readonly readVerified: (text: string) => Promise<ReadZ>;
  readonly textOf: TextOf;
}

const REMOVED_KEY = 'reports.removed';
const removedSchema = z.array(z.string());
/** More than anybody removes. */
const MOST_REMOVED = 1_000;

const ENDING = '.json';
/** In hexadecimal digits, on the file's first line. */
const SEAL_LENGTH = 64;

/** A hash, since an id comes from outside and must not form a path. */
const stemOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);
/** The first of an id, and a differing one. */
const namesOf = ({ id, digest }: ZFacts): readonly [string, string] => [
  `${stemOf(id)}${ENDING}`,
  `${stemOf(id)}-${digest}${ENDING}`,
];

const sealOf = (journalKey: Buffer, text: string): string => {
  const key = Buffer.from(hkdfSync('sha256', journalKey, '', 'counterfoil kept z 1', 32));
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
};

/** The text that this till sealed; null for another. */
function unsealed(journalKey: Buffer, kept: string): string | null {
  const text = kept.slice(SEAL_LENGTH + 1);
  const [seal, own] = [kept.slice(0, SEAL_LENGTH), sealOf(journalKey, text)].map((one) => Buffer.from(one));
  if (seal === undefined || own === undefined || seal.length !== own.length) return null;
  return timingSafeEqual(seal, own) ? text : null;
}

export function createZFolder(parts: ZFolderParts): ZFolder {
  const { folder, journalKey, random, logger, settings, pause, readVerified, textOf } = parts;
  const known = new Map<string, ZFacts>();
  /** Names of those that could not be read. */
  const unread = new Set<string>();
  let loading: Promise<void> | null = null;

  const names = async (): Promise<readonly string[]> => {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith(ENDING));
    } catch {
      return [];
    }
  };

  const readOne = async (key: Buffer, name: string): Promise<ReadZ> => {
    const kept = await textOf(join(folder, name));
    if (isNoText(kept)) return { ok: false, problem: kept };
    const text = unsealed(key, kept);
    return text === null ? { ok: false, problem: 'forged' } : readVerified(text);
  };

  const readAll = async (): Promise<void> => {
    if (journalKey === null) return;
    unread.clear();
    for (const name of await names()) {
      await pause();
      const found = await readOne(journalKey, name);
      if (found.ok && namesOf(found.facts).includes(name)) known.set(name, found.facts);
      else {
        unread.add(name);
        logger.warn('reports.unread', { problem: found.ok ? 'name' : found.problem });
      }
    }
  };

  const load = async (): Promise<void> => {
    loading ??= readAll().catch((thrown: unknown) => {
      loading = null;
      throw thrown;
    });
    await loading;
  };

  const removed = (): readonly string[] =>
    removedSchema.safeParse(readJson(settings.get(REMOVED_KEY))).data ?? [];

  return {
    removed,
    all: async () => {
      await load();
      return { zs: [...known.values()], unread: unread.size };
    },
    keep: async (facts, text) => {
      await load();
      if (journalKey === null) throw new Error('the journal key is lost');
      const [plain, own] = namesOf(facts);
      const there = known.get(plain);
      // An unread one under the plain name may be the other of them.
      const isPlain = there === undefined ? !unread.has(own) : there.digest === facts.digest;
      const name = isPlain ? plain : own;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileAtomically(join(folder, name), `${sealOf(journalKey, text)}\n${text}`, random.uuid());
      known.set(name, facts);
      unread.delete(name);
    },
    remove: async (id) => {
      await load();
      for (const [name, facts] of known) {
        if (facts.id !== id) continue;
        settings.set(REMOVED_KEY, JSON.stringify([...removed(), facts.digest].slice(-MOST_REMOVED)));
        await rm(join(folder, name), { force: true });
        known.delete(name);
      }
    },
  };
}
