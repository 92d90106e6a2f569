import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Random } from '../../kernel/ports.ts';

/** Which of two differing reports a manager chose. A lost or damaged file chooses nothing. */
export interface ZPicks {
  /** The digest that counts, by report id. */
  all(): Promise<ReadonlyMap<string, string>>;
  /** Resolves once it is on disk; throws as the file system does. */
  pick(id: string, digest: string): Promise<void>;
}

/** Not `.json`: older versions would read it as a report. */
const FILE = 'picked.list';

const schema = z.record(z.string(), z.string());

export function createZPicks(folder: string, random: Pick<Random, 'uuid'>): ZPicks {
  let known: ReadonlyMap<string, string> | null = null;
  const all = async (): Promise<ReadonlyMap<string, string>> => {
    const read = schema.safeParse(readJson(await readFile(join(folder, FILE), 'utf8').catch(() => null)));
    known ??= new Map(read.success ? Object.entries(read.data) : []);
    return known;
  };
  return {
    all,
    pick: async (id, digest) => {
      const next = new Map(await all()).set(id, digest);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileAtomically(join(folder, FILE), JSON.stringify(Object.fromEntries(next)), random.uuid());
      known = next;
    },
  };
}
