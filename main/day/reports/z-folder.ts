import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Logger, Random } from '../../kernel/ports.ts';
import { isNoText, type TextOf } from './bounded-z.ts';
import type { ReadZ } from './read-z.ts';
import type { ZFacts } from './z-facts.ts';

/** Copies of the Z files that were imported, in a folder of the till. They may be lost: their tills have what they tell. */
export interface ZFolder {
  /** Those that can be read, and how many cannot. */
  all(): Promise<{ readonly zs: readonly ZFacts[]; readonly unread: number }>;
  /** Resolves once it is on the disk; one of the same id that says something else stays beside it. Throws as the disk does. */
  keep(facts: ZFacts, text: string): Promise<void>;
  /** Whatever is there of this report. */
  remove(id: string): Promise<void>;
}

export interface ZFolderParts {
  readonly folder: string;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  /** Main's thread does something else. */
  readonly pause: () => Promise<void>;
  /** Null without a key. */
  readonly read: (text: string) => Promise<ReadZ | null>;
  readonly textOf: TextOf;
}

const ENDING = '.json';

/** Whatever a report calls itself: nothing of it is a path. */
const stemOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 32);
/** The first one of an id, and any that says something else. */
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
      // Without a key nothing can be told of it, which is no fault of the file.
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
