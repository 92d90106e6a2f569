import type { ReceiptSettings } from '../../../preload/contract/index.ts';

/** The settings as they are typed, and how a part of the screen changes and saves them. */
export interface ReceiptsFormProps {
  readonly settings: ReceiptSettings;
  readonly edit: (change: Partial<ReceiptSettings>) => void;
  readonly save: () => void;
}

/** How many settings are not as they are saved. */
export const receiptChanges = (settings: ReceiptSettings, saved: ReceiptSettings): number =>
  Object.entries(settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(saved[name as keyof ReceiptSettings]),
  ).length;

/** What is typed over what is kept; not where the owner set it meanwhile. */
export const settingsOver = (
  kept: ReceiptSettings,
  typed: Partial<ReceiptSettings>,
  fixed: readonly string[],
): ReceiptSettings => ({
  ...kept,
  ...Object.fromEntries(Object.entries(typed).filter(([name]) => !fixed.includes(`receipts.${name}`))),
});
