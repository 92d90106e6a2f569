import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Random } from '../../kernel/ports.ts';

/** Which of two accounts of a shift a person has picked. Where the file is lost or damaged nothing is picked. */
export interface ZPicks {
  /** The digest of the one that counts, by the report's id. */
  all(): Promise<ReadonlyMap<string, string>>;
  /** On the disk when it resolves; throws as the disk does. */
  pick(id: string, digest: string): Promise<void>;
}

/** Beside the reports, and with another ending than theirs: an older program takes it for none. */
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
