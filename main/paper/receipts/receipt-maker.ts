import {
  appError,
  err,
  inLanguage,
  languageOf,
  languages,
  ok,
  type ReceiptSettings,
  type Result,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import type { Matched } from '../../day/index.ts';
import type { ReceiptCanvas } from '../../kernel/ports.ts';
import type { Drawing } from './draw.ts';
import { makeReceipt, makeTestReceipt } from './make-receipt.ts';
import { makeReport } from './make-report.ts';
import { dotsOf, rasterJob } from './raster.ts';
import type { Dots, PaperDocument, Receipt, ReceiptEntry, ReceiptShop, ReportPaper } from './receipt.ts';

export interface ReceiptMakerParts {
  readonly till: { readonly tillName: string; readonly currency: string; readonly storeTimeZone: string };
  /** The till's language tag. */
  readonly tillLanguage: () => string;
  readonly isPractice: boolean;
  readonly current: () => ReceiptSettings;
  readonly logo: () => Dots | null;
  readonly canvas: ReceiptCanvas | null;
  readonly warn: (error: unknown) => void;
}

/** Makes and draws receipts by the shop's settings. */
export interface ReceiptMaker {
  of(entry: ReceiptEntry, copy: number, code: string | null): Receipt;
  test(nowMs: number): Receipt;
  report(report: ShiftReport, matched: Matched | null): ReportPaper;
  draw(receipt: PaperDocument): Promise<Drawing>;
  /** For an ESC/POS printer: in its own letters where certain, otherwise as an image. */
  bytes(receipt: PaperDocument): Promise<Result<Uint8Array>>;
}

// Loaded at the first receipt.
const drawing = () => import('./draw.ts');

export function createReceiptMaker(parts: ReceiptMakerParts): ReceiptMaker {
  const { till, current, logo, canvas } = parts;
  const shop = (): ReceiptShop => {
    const { language: wanted, header, footer } = current();
    const own = parts.tillLanguage();
    const language = wanted === 'as-till' ? (languageOf(own) ?? languages[0]) : wanted;
    return {
      till: till.tillName,
      header,
      footer,
      language,
      currency: till.currency,
      storeTimeZone: till.storeTimeZone,
      hasLogo: logo() !== null,
      isPractice: parts.isPractice,
      locale: inLanguage(own, language),
    };
  };
  const paper = () => ({ width: current().width, logo: logo() });
  return {
    of: (entry, copy, code) => makeReceipt({ entry, shop: shop(), copy, code }),
    test: (nowMs) => makeTestReceipt(shop(), nowMs),
    report: (report, matched) => makeReport(report, shop(), matched),
    draw: async (receipt) => (await drawing()).drawReceipt(receipt, paper()),
    bytes: async (receipt) => {
      const { drawReceipt, inOwnLetters } = await drawing();
      const own = inOwnLetters(receipt, paper());
      if (own !== null) return ok(own);
      if (canvas === null) return err(appError('receipt-not-drawn'));
      try {
        const { grey, width } = await canvas.grey(drawReceipt(receipt, paper()));
        return ok(rasterJob(dotsOf(grey, width)));
      } catch (thrown) {
        parts.warn(thrown);
        return err(appError('receipt-not-drawn'));
      }
    },
  };
}
