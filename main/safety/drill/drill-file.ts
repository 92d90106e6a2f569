import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import { removeFileSync, whileRefusedSync } from '../../kernel/held-file.ts';

/** What came of a drill, on its way from the practice store to the live till: the one is open or the other. */
const handedDrillSchema = z.object({
  version: z.literal(1),
  id: z.string().min(1).max(40),
  atMs: z.number().int().nonnegative(),
  who: z.string().max(100),
  passed: z.boolean(),
});
export type HandedDrill = z.infer<typeof handedDrillSchema>;

/** Beside the folders of both, which never read each other's. */
const fileIn = (folder: string): string => join(folder, 'drill.json');

export const handDrillOver = (folder: string, drill: HandedDrill, uniqueSuffix: string): Promise<void> =>
  writeFileAtomically(fileIn(folder), `${JSON.stringify(drill)}\n`, uniqueSuffix);

/** Null where none was handed over, or it cannot be read: then there is nothing to tell. */
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
