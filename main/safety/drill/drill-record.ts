import { z } from 'zod';
import { drillResultSchema } from '../../../preload/contract/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';

const KEY = 'drill';

/** A drill that is on: what must outlive the program's end. */
const drillRecordSchema = z.object({
  id: z.string(),
  startedAtMs: z.number(),
  who: z.string(),
  isFromLive: z.boolean(),
  /** The first entry that belongs to it. */
  fromSequence: z.number().int(),
  progress: z.object({
    targetId: z.string().nullable(),
    lostId: z.string().nullable(),
    lostAtMs: z.number().nullable(),
    missed: z.enum(['early', 'notLost']).nullable(),
  }),
  result: drillResultSchema.nullable(),
});
export type DrillRecord = z.infer<typeof drillRecordSchema>;

/** What cannot be read is no drill: nothing of money hangs on it. */
export function loadDrill(settings: Settings): DrillRecord | null {
  const parsed = drillRecordSchema.safeParse(readJson(settings.get(KEY)));
  return parsed.success ? parsed.data : null;
}

export function keepDrill(settings: Settings, record: DrillRecord | null): void {
  if (record === null) settings.remove(KEY);
  else settings.set(KEY, JSON.stringify(record));
}
