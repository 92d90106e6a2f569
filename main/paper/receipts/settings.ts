import { z } from 'zod';
import { type ReceiptSettings, receiptSettingsSchema } from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import type { RunInTransaction } from '../../kernel/database/run-in-transaction.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import type { PrinterFeedback } from './network-printer.ts';
import type { Dots } from './receipt.ts';

const KEY = 'receipts.settings';
const FEEDBACK_KEY = 'receipts.tells';
const LOGO_KEY = 'receipts.logo';

export const defaultReceiptSettings: ReceiptSettings = {
  printer: { kind: 'none' },
  width: '80',
  language: 'as-till',
  header: '',
  footer: '',
  after: 'ask',
  opensDrawer: false,
};

const storedSchema = z.object({ version: z.literal(1), settings: receiptSettingsSchema });
const feedbackSchema = z.object({
  version: z.literal(1),
  /** The printer that was tested. */
  printer: z.string(),
  tells: z.enum(['done', 'status', 'nothing']),
});
const logoSchema = z.object({
  version: z.literal(1),
  width: z.number().int().min(1).max(576),
  height: z.number().int().min(1).max(576),
  bits: z.base64(),
});

function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const nameOf = ({ printer }: ReceiptSettings): string => JSON.stringify(printer);

/** The settings that would be others, as they would be. */
export const receiptChanges = (before: ReceiptSettings, after: ReceiptSettings): Partial<ReceiptSettings> =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof ReceiptSettings]),
    ),
  );

/** A manager's receipt settings. */
export interface ReceiptSettingsStore {
  current(): ReceiptSettings;
  save(settings: ReceiptSettings, who: Actor): void;
  /** How much the printer reports; assumed full until a test shows less. */
  feedback(): PrinterFeedback;
  learnFeedback(tells: PrinterFeedback): void;
  logo(): Dots | null;
  saveLogo(logo: Dots | null, who: Actor): void;
}

export interface ReceiptSettingsParts {
  readonly settings: Settings;
  readonly runInTransaction: RunInTransaction;
  /** Null while its key is lost: then settings last for the session only. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
}

export function createReceiptSettings({
  settings,
  runInTransaction,
  journal,
}: ReceiptSettingsParts): ReceiptSettingsStore {
  const current = () => parsed(storedSchema, settings.get(KEY))?.settings ?? defaultReceiptSettings;
  const note = (who: Actor, content: Record<string, unknown>) =>
    void journal?.append({ event: 'noted', actor: actorText(who), reason: 'receipts set', content });
  return {
    current,
    save: (next, who) => {
      const changes = receiptChanges(current(), next);
      if (Object.keys(changes).length === 0) return;
      runInTransaction(() => {
        settings.set(KEY, JSON.stringify({ version: 1, settings: next }));
        note(who, changes);
      });
    },
    feedback: () => {
      const kept = parsed(feedbackSchema, settings.get(FEEDBACK_KEY));
      return kept?.printer === nameOf(current()) ? kept.tells : 'done';
    },
    learnFeedback: (tells) =>
      settings.set(FEEDBACK_KEY, JSON.stringify({ version: 1, printer: nameOf(current()), tells })),
    logo: () => {
      const kept = parsed(logoSchema, settings.get(LOGO_KEY));
      if (kept === null) return null;
      const bits = Uint8Array.from(Buffer.from(kept.bits, 'base64'));
      return bits.length === ((kept.width + 7) >> 3) * kept.height ? { ...kept, bits } : null;
    },
    saveLogo: (logo, who) =>
      runInTransaction(() => {
        if (logo === null) settings.remove(LOGO_KEY);
        else {
          const bits = Buffer.from(logo.bits).toString('base64');
          settings.set(
            LOGO_KEY,
            JSON.stringify({ version: 1, width: logo.width, height: logo.height, bits }),
          );
        }
        note(who, { logo: logo === null ? null : `${logo.width} x ${logo.height}` });
      }),
  };
}
