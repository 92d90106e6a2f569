import { z } from 'zod';
import { channel } from './channel.ts';
import { done } from './scalars.ts';

export const practice = {
  setPlug: channel(z.object({ in: z.boolean() }).strict(), done),
  loseNextReply: channel(z.object({ lose: z.boolean() }).strict(), done),
} as const;
