import type { Amount, Entry, Language } from '../../../preload/contract/index.ts';

/** An entry's facts for a receipt, at the time of drawing. */
export interface ReceiptEntry
  extends Pick<
    Entry,
    | 'reference'
    | 'createdAtMs'
    | 'kind'
    | 'memberName'
    | 'memberNumber'
    | 'balanceIncrement'
    | 'pointIncrement'
    | 'actor'
    | 'state'
    | 'cause'
    | 'takenBack'
    | 'decision'
    | 'correctsReference'
    | 'balanceBefore'
    | 'balanceAfter'
    | 'pointBefore'
    | 'pointAfter'
  > {
  /** `cash`, `card`, `qr`, `transfer`, or `own:` and the shop's name for it; null where nobody said. */
  readonly tender: string | null;
  /** What the member handed over, where that was more than the sum. */
  readonly given: Amount | null;
  /** The bonus part of the balance increment, signed. */
  readonly bonus: Amount | null;
  /** Set where a reversal took back a part, or wrote bonus off. */
  readonly takenBackInPart: Entry['takenBack'];
}

/** A shop's fixed text, and its formats of sums and times. */
export interface ReceiptShop {
  readonly till: string;
  readonly header: string;
  readonly footer: string;
  readonly hasLogo: boolean;
  /** Practice money: receipts say so. */
  readonly isPractice: boolean;
  readonly currency: string;
  readonly storeTimeZone: string;
  /** Whose words it is in. */
  readonly language: Language;
  /** A tag of that language, for how numbers are written. */
  readonly locale: string;
}

/** A label and its value, side by side where there is room. A sum is never cut. */
export interface ReceiptPair {
  readonly label: string;
  readonly value: string;
  /** The main sum. */
  readonly isStrong?: boolean;
}

/** A receipt's content from top to bottom, independent of the output. */
export interface Receipt {
  readonly hasLogo: boolean;
  readonly header: readonly string[];
  /** A warning at the top, e.g. that it is practice. */
  readonly warning: string | null;
  readonly title: string;
  /** The copy mark; null on the first print. */
  readonly copy: string | null;
  readonly facts: readonly ReceiptPair[];
  readonly sums: readonly ReceiptPair[];
  readonly payment: readonly ReceiptPair[];
  readonly status: { readonly title: string; readonly hint: string | null };
  readonly balances: readonly ReceiptPair[];
  /** The QR code and its caption. */
  readonly code: { readonly text: string; readonly caption: string } | null;
  readonly footer: readonly string[];
}

/** Sums with a title. */
export interface ReportSection {
  readonly title: string | null;
  readonly pairs: readonly ReceiptPair[];
}

/** A shift's report on paper, from top to bottom. */
export interface ReportPaper {
  readonly hasLogo: boolean;
  readonly header: readonly string[];
  readonly warning: string | null;
  readonly title: string;
  readonly facts: readonly ReceiptPair[];
  /** Notes on the figures. */
  readonly notes: readonly string[];
  readonly sections: readonly ReportSection[];
  /** The signature line. */
  readonly signature: string;
}

/** Anything the till prints. */
export type PaperDocument = Receipt | ReportPaper;

/** A black-and-white bitmap. */
export interface Dots {
  readonly width: number;
  readonly height: number;
  /** Each row begins with a new byte; the highest bit is the leftmost dot, 1 is black. */
  readonly bits: Uint8Array;
}

export const paperWidths = ['58', '80'] as const;
export type PaperWidth = (typeof paperWidths)[number];

/** Characters per line: 12 dots each, at 203 dots an inch. */
export const columnsOf: Readonly<Record<PaperWidth, number>> = { '58': 32, '80': 48 };

export const DOTS_PER_COLUMN = 12;
