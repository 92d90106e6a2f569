import { z } from 'zod';

/** The words of a file that people read, by key: in the language of whoever saves it, as the page has them. */
export const fileWordsSchema = z.object({
  /** How numbers are written. */
  locale: z.string().max(35),
  say: z.record(z.string().max(60), z.string().max(400)),
});
export type FileWords = z.infer<typeof fileWordsSchema>;
