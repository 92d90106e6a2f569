import { judgeBooks } from './judge-books.ts';
import { judgeConfiguration } from './judge-configuration.ts';
import { judgeLedger } from './judge-ledger.ts';
import { judgeStates } from './judge-states.ts';
import { judgeTwice } from './judge-twice.ts';
import type { MonthRecord, Sample } from './record.ts';

// The judge of a month. It knows the host's ledger and what the simulation wrote down, and asks the program for nothing.

export interface HostEvidence {
  readonly applied: readonly {
    readonly key: string;
    readonly times: number;
    readonly cents: number;
    readonly points: number;
    /** Unix ms. */
    readonly atMs: number;
  }[];
  readonly members: readonly {
    readonly uid: string;
    readonly before: number;
    readonly after: number;
    /** What others did. */
    readonly others: number;
  }[];
  readonly days: readonly { readonly day: string; readonly calls: number; readonly refused: number }[];
  /** Calls that no till made. */
  readonly others: number;
  readonly quota: number;
}

export interface Evidence {
  readonly host: HostEvidence;
  readonly record: MonthRecord;
  /** Lines of the month's books, debit above nought. */
  readonly books: readonly {
    readonly date: string;
    readonly account: string;
    readonly cents: number;
    readonly reference: string;
  }[];
  /** At the end. */
  readonly tills: readonly {
    readonly till: number;
    readonly name: string;
    readonly shop: number;
    /** Null where its PC is off. */
    readonly told: Sample | null;
    readonly calls: {
      readonly metered: number | null;
      readonly made: number;
      readonly reached: number;
      /** A plug was pulled, and nobody was there to count them. */
      readonly cutOff: number;
      /** A box on its shop's line has delivered so many requests a second time. */
      readonly twice: number;
    };
  }[];
  /** What tills have said by themselves of a copy, or of their number. */
  readonly told: readonly { readonly till: number; readonly event: string }[];
  /** Two tills that had one number for a while. */
  readonly twice: { readonly till: number; readonly other: number } | null;
  /** The newest configuration that the owner signed. */
  readonly newest: number;
  readonly shops: number;
}

/** Tells what is wrong; nothing where all agree. */
export const judge = (evidence: Evidence): readonly string[] => [
  ...judgeLedger(evidence),
  ...judgeBooks(evidence),
  ...judgeStates(evidence),
  ...judgeTwice(evidence),
  ...judgeConfiguration(evidence),
];
