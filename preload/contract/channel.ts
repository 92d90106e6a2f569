import type { z } from 'zod';

export interface ChannelShape {
  readonly args: z.ZodType;
  readonly reply: z.ZodType;
}

/** The schema of a channel's single argument, and that of what a success carries. Every reply is a `Result`. */
export const channel = <A extends z.ZodType, R extends z.ZodType>(args: A, reply: R) =>
  ({ args, reply }) satisfies ChannelShape;
