import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { entryStateSchema } from '../../preload/contract/index.ts';
import { temporaryFolder } from '../kit/till.ts';

const keptIn = join(import.meta.dirname, 'folders');

export const formats: readonly string[] = readdirSync(keptIn).filter((name) => name.startsWith('format-'));

const keptSchema = z.object({
  atMs: z.number(),
  entries: z.array(
    z.object({
      ...{ sequence: z.number(), state: entryStateSchema, cause: z.string().nullable(), told: z.string() },
    }),
  ),
});

export interface KeptFolder extends z.infer<typeof keptSchema> {
  readonly data: string;
  readonly ledger: string;
}

/** A copy of a kept folder; by default one that is gone with the test. */
export function copyOfFormat(format: string, copy = temporaryFolder()): KeptFolder {
  cpSync(join(keptIn, format), copy, { recursive: true });
  const kept = keptSchema.parse(JSON.parse(readFileSync(join(copy, 'told.json'), 'utf8')));
  return { ...kept, data: join(copy, 'data'), ledger: join(copy, 'ledger.jsonl') };
}
