import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Random } from '../../kernel/ports.ts';

/** Which of two differing reports a manager chose, kept as the reports are. A damaged file chooses nothing. */
export interface ZPicks {
  /** The digest that counts, by report id. */
  all(): Promise<ReadonlyMap<string, string>>;
  /** Resolves once it is on disk; throws as the file system does. */
  pick(id: string, digest: string): Promise<void>;
}

/** Not `.json`: it would be read as a report. */
const FILE = 'picked.list';

const schema = z.record(z.string(), z.string());

export function createZPicks(folder: string, random: Pick<Random, 'uuid'>): ZPicks {
  let known: ReadonlyMap<string, string> | null = null;
  const read = async (): Promise<ReadonlyMap<string, string>> => {
    const text = await readFile(join(folder, FILE), 'utf8').catch(() => null);
    const picked = schema.safeParse(readJson(text));
    return new Map(picked.success ? Object.entries(picked.data) : []);
  };
  const all = async (): Promise<ReadonlyMap<string, string>> => {
    known ??= await read();
    return known;
  };
  return {
    all,
    pick: async (id, digest) => {
      const next = new Map(await all()).set(id, digest);
      const text = JSON.stringify(Object.fromEntries(next));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileAtomically(join(folder, FILE), text, random.uuid());
      known = next;
    },
  };
}
