import type { ReceiptEntry, ReceiptShop } from '../../../main/paper/receipts/receipt.ts';
import { amount, type Language } from '../../../preload/contract/index.ts';

/** An entry with everything on its receipt. Saturday 14:02 in the store. */
export const fullEntry: ReceiptEntry = {
  reference: '0031',
  createdAtMs: Date.UTC(2026, 10, 28, 6, 2, 17),
  kind: 'top-up',
  memberName: 'Siti Nur Aisyah binti Abdul Rahman Hakim',
  memberNumber: 'FUN80015640',
  balanceIncrement: amount('55.00'),
  pointIncrement: amount('50'),
  actor: 'Mei',
  state: 'confirmed',
  cause: null,
  takenBack: null,
  correctsReference: null,
  balanceBefore: amount('1200.5'),
  balanceAfter: amount('1255.5'),
  pointBefore: amount('340'),
  pointAfter: amount('390'),
  tender: 'cash',
  given: amount('100'),
  bonus: amount('5'),
  takenBackInPart: null,
  decision: null,
};

export const shopIn = (language: Language): ReceiptShop => ({
  till: 'Counter 1',
  header: 'Fun Toys 玩具店\n12 Orchard Road, #03-21',
  footer: 'Thank you · 谢谢 · Terima kasih',
  hasLogo: true,
  isPractice: false,
  currency: 'SGD',
  storeTimeZone: 'Asia/Singapore',
  language,
  locale: `${language}-SG`,
});

/** A frame with a line across it. */
export const logo = {
  width: 24,
  height: 4,
  bits: Uint8Array.from([0xff, 0xff, 0xff, 0x80, 0x00, 0x01, 0x8f, 0xff, 0xf1, 0xff, 0xff, 0xff]),
};
