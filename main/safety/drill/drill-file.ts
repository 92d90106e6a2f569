import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { removeFileSync, whileRefusedSync } from '../../kernel/held-file.ts';

/** A drill's result on its way from the practice store to the live till, of which only one is open. */
const handedDrillSchema = z.object({
  version: z.literal(1),
  id: z.string().min(1).max(40),
  atMs: z.number().int().nonnegative(),
  who: z.string().max(100),
  passed: z.boolean(),
});
export type HandedDrill = z.infer<typeof handedDrillSchema>;

/** In the parent of both data folders. */
const fileIn = (folder: string): string => join(folder, 'drill.json');

export const handDrillOver = (folder: string, drill: HandedDrill, uniqueSuffix: string): Promise<void> =>
  writeFileAtomically(fileIn(folder), `${JSON.stringify(drill)}\n`, uniqueSuffix);

/** Null where there is none, or it cannot be read. */
export function handedDrill(folder: string): HandedDrill | null {
  try {
    const parsed = handedDrillSchema.safeParse(
      readJson(whileRefusedSync(() => readFileSync(fileIn(folder), 'utf8'))),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export const forgetHandedDrill = (folder: string): void => removeFileSync(fileIn(folder));
