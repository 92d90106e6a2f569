import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done, nothing } from '../kernel/scalars.ts';
import { snapshotSchema } from './topics.ts';

export const closingAnswerSchema = z.enum(['asked', 'close', 'stay']);
export type ClosingAnswer = z.infer<typeof closingAnswerSchema>;

export const app = {
  /** The whole snapshot, for a window that has just opened or has missed a push. */
  snapshot: channel(nothing, snapshotSchema, { touches: 'nothing', may: 'anyone' }),
  /** The page has drawn a till that is open. */
  drawn: channel(nothing, done, { touches: 'nothing', may: 'anyone' }),
  /** Where no till is open: another try at the one that did not open. */
  openAgain: channel(nothing, done, { touches: 'program', may: 'anyone' }),
  /** What became of the question in the topic `closing`: it is on the screen, or a person answered it. */
  close: channel(z.object({ answer: closingAnswerSchema }).strict(), done, {
    touches: 'program',
    may: 'anyone',
  }),
} as const;
