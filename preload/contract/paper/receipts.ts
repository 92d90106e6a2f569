import { z } from 'zod';
import { channel } from '../kernel/channel.ts';
import { appErrorSchema } from '../kernel/errors.ts';
import { languages } from '../kernel/languages.ts';
import { count, done, id, managersPin, nothing, timeMs } from '../kernel/scalars.ts';

/** Where receipts come out. */
export const receiptPrinterSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }).strict(),
  /** One that the system knows, by the name of its queue. */
  z.object({ kind: z.literal('system'), name: z.string().min(1).max(300) }).strict(),
  /** ESC/POS over the network: a host, and a port where it is not 9100. */
  z.object({ kind: z.literal('network'), address: z.string().max(300) }).strict(),
]);
export type ReceiptPrinter = z.infer<typeof receiptPrinterSchema>;

/** Whether a receipt is printed after each entry: by itself, when the button on the ticket is pressed, or from the details alone. */
export const printAfterSchema = z.enum(['always', 'ask', 'never']);

export const receiptSettingsSchema = z
  .object({
    printer: receiptPrinterSchema,
    /** The paper's width in millimetres. */
    width: z.enum(['58', '80']),
    language: z.enum(['as-till', ...languages]),
    /** The shop's lines above and below. */
    header: z.string().max(300),
    footer: z.string().max(300),
    after: printAfterSchema,
    /** The drawer opens after each entry that was paid in cash. */
    opensDrawer: z.boolean(),
  })
  .strict();
export type ReceiptSettings = z.infer<typeof receiptSettingsSchema>;

/**
 * How a receipt on its way to paper stands. `failed`: nothing of it was printed, for certain. `unknown`: it may have come
 * out, and only who stands there can tell.
 */
export const printStates = ['waiting', 'printing', 'printed', 'failed', 'unknown'] as const;
export const printStateSchema = z.enum(printStates);
export type PrintState = z.infer<typeof printStateSchema>;

export const printJobSchema = z.object({
  id,
  entryId: id,
  reference: z.string().max(12),
  memberName: z.string().max(200),
  state: printStateSchema,
  askedAtMs: timeMs,
  problem: appErrorSchema.nullable(),
});
export type ShownPrintJob = z.infer<typeof printJobSchema>;

const MOST_JOBS = 100;

export const receiptTopics = {
  receipts: z.object({
    printer: z.enum(['none', 'system', 'network']),
    after: printAfterSchema,
    /** Receipts that wait for the printer, or are being printed. */
    waiting: count,
    /** Receipts of which somebody must say whether they came out, or are still wanted. */
    unsettled: count,
    /** Why nothing comes out now. */
    problem: appErrorSchema.nullable(),
    /** One more with each change: what `queue` answers is another then. */
    changes: count,
  }),
} as const;

/** A picture of a receipt, and what it says. */
const drawingSchema = z.object({
  svg: z.string().max(1_500_000),
  text: z.string().max(20_000),
  width: count,
  height: count,
});
export type ReceiptDrawing = z.infer<typeof drawingSchema>;

export const receipts = {
  get: channel(
    nothing,
    z.object({
      settings: receiptSettingsSchema,
      hasLogo: z.boolean(),
      /** Printers that the system knows. */
      systemPrinters: z.array(z.string().max(300)).max(200),
    }),
    { touches: 'world', may: 'signed-in' },
  ),
  save: channel(z.object({ settings: receiptSettingsSchema, pin: managersPin }).strict(), done, {
    touches: 'world',
    may: 'manager',
  }),
  /** A person picks a picture, which is kept as black dots. */
  chooseLogo: channel(z.object({ pin: managersPin }).strict(), z.object({ chosen: z.boolean() }), {
    touches: 'computer',
    may: 'manager',
  }),
  removeLogo: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'world', may: 'manager' }),
  /** The receipt of an entry as it stands now, drawn. */
  preview: channel(z.object({ id }).strict(), drawingSchema, { touches: 'world', may: 'signed-in' }),
  /** To paper. The answer does not wait for it. */
  print: channel(z.object({ id }).strict(), done, { touches: 'computer', may: 'signed-in' }),
  savePdf: channel(z.object({ id }).strict(), z.object({ saved: z.boolean() }), {
    touches: 'computer',
    may: 'signed-in',
  }),
  /** Prints a test page now. `unknown`: the printer does not tell whether it came out. */
  testPrint: channel(nothing, z.object({ end: z.enum(['printed', 'unknown']) }), {
    touches: 'computer',
    may: 'signed-in',
  }),
  /** The test page came out: from now on this printer is relied on as far as it tells. */
  testCameOut: channel(nothing, done, { touches: 'world', may: 'signed-in' }),
  queue: channel(nothing, z.object({ jobs: z.array(printJobSchema).max(MOST_JOBS) }), {
    touches: 'world',
    may: 'signed-in',
  }),
  /** What is to become of receipts that did not come out for certain. `leave`: they came out, or nobody wants them. */
  answer: channel(
    z.object({ ids: z.array(id).max(MOST_JOBS), answer: z.enum(['print', 'leave']) }).strict(),
    done,
    { touches: 'computer', may: 'signed-in' },
  ),
  openDrawer: channel(z.object({ pin: managersPin }).strict(), done, { touches: 'live', may: 'noSale' }),
} as const;
