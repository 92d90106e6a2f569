import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Logger, Random } from '../../kernel/ports.ts';
import { isNoText, type TextOf } from './bounded-z.ts';
import type { ReadZ } from './read-z.ts';
import type { ZFacts } from './z-facts.ts';

/** Copies of the imported Z files. They may be lost: their tills have the originals. */
export interface ZFolder {
  all(): Promise<{ readonly zs: readonly ZFacts[]; readonly unread: number }>;
  /** Resolves once it is on disk; a differing one of the same id is stored beside it. Throws as the file system does. */
  keep(facts: ZFacts, text: string): Promise<void>;
  /** Removes all files of this report. */
  remove(id: string): Promise<void>;
}

export interface ZFolderParts {
  readonly folder: string;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>;
  /** Null without an App key. */
  readonly read: (text: string) => Promise<ReadZ | null>;
  readonly textOf: TextOf;
}

const ENDING = '.json';

/** A hash, since an id comes from outside and must not form a path. */
const stemOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);
/** The first of an id, and a differing one. */
const namesOf = ({ id, digest }: ZFacts): readonly [string, string] => [
  `${stemOf(id)}${ENDING}`,
  `${stemOf(id)}-${digest}${ENDING}`,
];

export function createZFolder({ folder, random, logger, pause, read, textOf }: ZFolderParts): ZFolder {
  const known = new Map<string, ZFacts>();
  let unread = 0;
  let isLoaded = false;

  const names = async (): Promise<readonly string[]> => {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith(ENDING));
    } catch {
      return [];
    }
  };

  const load = async (): Promise<void> => {
    if (isLoaded) return;
    unread = 0;
    for (const name of await names()) {
      await pause();
      const text = await textOf(join(folder, name));
      const found: ReadZ | null = isNoText(text) ? { ok: false, problem: text } : await read(text);
      // Without a key nothing can be verified, which is no fault of the file.
      if (found === null) return known.clear();
      if (found.ok && namesOf(found.facts).includes(name)) known.set(name, found.facts);
      else {
        unread += 1;
        logger.warn('reports.unread', { problem: found.ok ? 'name' : found.problem });
      }
    }
    isLoaded = true;
  };

  return {
    all: async () => {
      await load();
      return { zs: [...known.values()], unread };
    },
    keep: async (facts, text) => {
      await load();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const [plain, own] = namesOf(facts);
      const there = known.get(plain);
      const name = there === undefined || there.digest === facts.digest ? plain : own;
      await writeFileAtomically(join(folder, name), text, random.uuid());
      known.set(name, facts);
    },
    remove: async (id) => {
      await load();
      for (const [name, facts] of known) {
        if (facts.id !== id) continue;
        await rm(join(folder, name), { force: true });
        known.delete(name);
      }
    },
  };
}
