import type { ReceiptSettings } from '../../../preload/contract/index.ts';

/** The settings, and how a part of the screen sets them. */
export interface ReceiptsFormProps {
  readonly settings: ReceiptSettings;
  readonly set: (change: Partial<ReceiptSettings>) => void;
}
