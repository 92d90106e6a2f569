import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { id, nothing } from '../kernel/scalars.ts';

const path = z.string().max(2_000);

export const aboutSchema = z.object({
  name: z.string().max(100),
  version: z.string().max(40),
  /** What it runs on, e.g. `Electron 33.2.1`, one a line. */
  runtime: z.array(z.string().max(100)).max(10),
  system: z.string().max(200),
  dataFolder: path,
  /** Of what is shipped with it; null where this copy was not packaged. */
  licences: z.string().max(1_500_000).nullable(),
});
export type About = z.infer<typeof aboutSchema>;

export const support = {
  /** All that a file for whoever helps would hold: a person reads it before it is saved. */
  diagnostics: channel(nothing, z.object({ id, text: z.string().max(600_000) }), {
    touches: 'computer',
    may: 'signed-in',
  }),
  /** Asks where, in a dialog of the system, and writes the text that was read. Null where no place was chosen. */
  saveDiagnostics: channel(z.object({ id }).strict(), z.object({ file: path.nullable() }), {
    touches: 'computer',
    may: 'signed-in',
  }),
  about: channel(nothing, aboutSchema, { touches: 'nothing', may: 'signed-in' }),
} as const;
