import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { done } from '../kernel/scalars.ts';

export const practiceTopics = {
  /** The store to practise in; null where it is not open. */
  practice: z
    .object({
      plugIn: z.boolean(),
      loseNextReply: z.boolean(),
      /** Members to try with; `hint` says what there is to see with one. */
      samples: z
        .array(
          z.object({
            number: z.string().max(100),
            name: z.string().max(200),
            hint: z.enum(['plain', 'letters', 'disabled', 'family']),
          }),
        )
        .max(12),
    })
    .nullable(),
} as const;

export const practice = {
  setPlug: channel(z.object({ in: z.boolean() }).strict(), done, { touches: 'world', may: 'signed-in' }),
  loseNextReply: channel(z.object({ lose: z.boolean() }).strict(), done, {
    touches: 'world',
    may: 'signed-in',
  }),
} as const;
