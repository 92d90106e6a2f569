import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, nothing } from '../kernel/scalars.ts';
import { snapshotSchema } from './topics.ts';

export const closingAnswerSchema = z.enum(['asked', 'close', 'stay']);
export type ClosingAnswer = z.infer<typeof closingAnswerSchema>;

export const app = {
  /** The whole state, for a new window or after a lost push. */
  snapshot: channel(nothing, snapshotSchema, { touches: 'nothing', may: 'anyone' }),
  /** The page has drawn an open till. */
  drawn: channel(nothing, done, { touches: 'nothing', may: 'anyone' }),
  /** Shows the file that a person saved last, in its folder. */
  showSaved: channel(nothing, done, { touches: 'computer', may: 'signed-in' }),
  /** Tries again to open the live till. */
  openAgain: channel(nothing, done, { touches: 'program', may: 'anyone' }),
  /** The topic `closing` is shown, or answered. */
  close: channel(z.object({ answer: closingAnswerSchema }).strict(), done, {
    touches: 'program',
    may: 'anyone',
  }),
} as const;
