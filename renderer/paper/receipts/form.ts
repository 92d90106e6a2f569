import type { ReceiptSettings } from '../../../preload/contract/index.ts';

/** The settings as they are typed, and how a part of the screen changes them. */
export interface ReceiptsFormProps {
  readonly settings: ReceiptSettings;
  readonly edit: (change: Partial<ReceiptSettings>) => void;
}
