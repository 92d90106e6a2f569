import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { id, nothing } from '../kernel/scalars.ts';

const path = z.string().max(2_000);

export const aboutSchema = z.object({
  name: z.string().max(100),
  version: z.string().max(40),
  /** E.g. `Electron 33.2.1`. */
  runtime: z.array(z.string().max(100)).max(10),
  system: z.string().max(200),
  dataFolder: path,
  /** Null for a copy that is not packaged. */
  licences: z.string().max(1_500_000).nullable(),
});
export type About = z.infer<typeof aboutSchema>;

export const support = {
  /** The content of a support file, shown before it is saved. */
  diagnostics: channel(nothing, z.object({ id, text: z.string().max(600_000) }), {
    touches: 'computer',
    may: 'signed-in',
  }),
  /** Saves the text that was shown, with the system's dialog. Null where no place was chosen. */
  saveDiagnostics: channel(z.object({ id }).strict(), z.object({ file: path.nullable() }), {
    touches: 'computer',
    may: 'signed-in',
  }),
  about: channel(nothing, aboutSchema, { touches: 'nothing', may: 'signed-in' }),
} as const;
