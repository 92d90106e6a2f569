import { z } from 'zod';

/** A file has about a hundred. */
const MOST_FILE_WORDS = 200;

/** The words of a file that people read, by key: in the language of whoever saves it, as the page has them. */
export const fileWordsSchema = z.object({
  /** How numbers are written. */
  locale: z.string().max(35),
  say: z
    .record(z.string().max(60), z.string().max(400))
    .refine((say) => Object.keys(say).length <= MOST_FILE_WORDS),
});
export type FileWords = z.infer<typeof fileWordsSchema>;
