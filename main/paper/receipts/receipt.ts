import type { Amount, Entry, Language } from '../../../preload/contract/index.ts';

/** What a receipt tells of an entry, as things stand when it is drawn. */
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
    | 'takenBack'
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
  /** The part of the balance increment that is bonus, with its sign. */
  readonly bonus: Amount | null;
  /** Not of the whole: of a part, or of all but a bonus that was let go. */
  readonly takenBackInPart: Entry['takenBack'];
}

/** What is printed on every receipt of a shop, and how its sums and times are written. */
export interface ReceiptShop {
  readonly till: string;
  readonly header: string;
  readonly footer: string;
  readonly hasLogo: boolean;
  /** Made-up money: its receipts say so. */
  readonly isPractice: boolean;
  readonly currency: string;
  readonly storeTimeZone: string;
  /** Whose words it is in. */
  readonly language: Language;
  /** A tag of that language, for how numbers are written. */
  readonly locale: string;
}

/** Something and its name, beside each other where there is room. A sum among them is never cut. */
export interface ReceiptPair {
  readonly label: string;
  readonly value: string;
  /** The one sum that a person looks for. */
  readonly isStrong?: boolean;
}

/** What a receipt says, whatever it is drawn on: top to bottom, in the words of its language. */
export interface Receipt {
  readonly hasLogo: boolean;
  readonly header: readonly string[];
  /** What must be read first, e.g. that nothing of it is real. */
  readonly warning: string | null;
  readonly title: string;
  /** That it is a copy, and which one; null on the first paper. */
  readonly copy: string | null;
  readonly facts: readonly ReceiptPair[];
  readonly sums: readonly ReceiptPair[];
  readonly payment: readonly ReceiptPair[];
  readonly status: { readonly title: string; readonly hint: string | null };
  readonly balances: readonly ReceiptPair[];
  /** For a scanner: a QR code, and what it is good for. */
  readonly code: { readonly text: string; readonly caption: string } | null;
  readonly footer: readonly string[];
}

/** Sums under a title of their own. */
export interface ReportSection {
  readonly title: string | null;
  readonly pairs: readonly ReceiptPair[];
}

/** What a shift's report says on paper, top to bottom. */
export interface ReportPaper {
  readonly hasLogo: boolean;
  readonly header: readonly string[];
  readonly warning: string | null;
  readonly title: string;
  readonly facts: readonly ReceiptPair[];
  /** What must be known of the figures before they are read. */
  readonly notes: readonly string[];
  readonly sections: readonly ReportSection[];
  /** Where somebody signs. */
  readonly signature: string;
}

/** Whatever comes out of the till's printer. */
export type PaperDocument = Receipt | ReportPaper;

/** A picture of black dots on white. */
export interface Dots {
  readonly width: number;
  readonly height: number;
  /** Each row begins with a new byte; the highest bit is the leftmost dot, 1 is black. */
  readonly bits: Uint8Array;
}

export const paperWidths = ['58', '80'] as const;
export type PaperWidth = (typeof paperWidths)[number];

/** What stands in a row: characters of 12 dots, on a head of 203 dots an inch. */
export const columnsOf: Readonly<Record<PaperWidth, number>> = { '58': 32, '80': 48 };

export const DOTS_PER_COLUMN = 12;
