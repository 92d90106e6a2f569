import type { OtherTill } from '../../../main/hosts/calls/other-tills.ts';
import type { LinkState } from '../../../main/hosts/link/link-state.ts';
import type { SendCandidate } from '../../../main/ledger/types.ts';

/** What a call is for, as fine as any policy tells them apart. */
export type Use =
  | 'increment'
  /** A card that the till does not keep was scanned. */
  | 'unknown'
  /** A person asks what KYBIO says now of a member who is kept. */
  | 'asked'
  /** A card that is kept was scanned. */
  | 'freshness'
  /** A reading right before a send (protocol rule 6). */
  | 'baseline'
  /** After a lost reply, or to see whether KYBIO is there. */
  | 'evidence'
  /** Before what waited is sent (ADR 26). */
  | 'look'
  /** How many calls the account has made, by KYBIO's own count. */
  | 'count'
  | 'directory';

/** An entry that is about to go. */
export interface WaitedEntry {
  readonly createdAtMs: number;
  /** An attempt of it was or may have been at KYBIO. */
  readonly touched: boolean;
  /** It waited over a start of the program, and was not looked at since. */
  readonly overStart: boolean;
  /** By the monotonic clock, when it was looked at or begun; undefined where it was not. */
  readonly lookedAtMs: number | undefined;
}

/** How far the directory was read. */
export interface Fill {
  /** The next page begins with this member; null before the first one. */
  readonly cursor: number | null;
  /** Unix ms; null where it was never read whole. */
  readonly completedAtMs: number | null;
  /** Pages of this reading, or of the last one. */
  readonly pages: number;
}

/** What one till makes of the account's calls. It lives over starts of the program: it is what a till keeps. */
export interface TillPolicy {
  /** The program starts. */
  started(): void;
  mayCall(use: Use): boolean;
  /** One goes out, and counts. What comes of it the link tells. */
  made(use: Use): void;
  /** An entry was made at the counter. */
  entered(): void;
  looksFirst(of: WaitedEntry): boolean;
  /** Whether the member is read right before a send, calls aside: what is known is so old, null where nothing is. */
  wantsBaseline(ageMs: number | null): boolean;
  /** Whether a page of the directory is wanted, calls aside. */
  wantsPage(fill: Fill): boolean;
  /** Whether KYBIO is asked for its count now; looked at every ten minutes where the host tells it. */
  wantsCount(): boolean;
  /** It was told: so many calls of all today, and on each day before. */
  counted(used: number, before: readonly number[]): void;
  /** What the till says of itself to the others. */
  stated(): Pick<OtherTill, 'needed' | 'days' | 'counted'>;
}

/** What a policy may know of its till. */
export interface Seen {
  readonly clock: { nowMs(): number; monotonicMs(): number };
  readonly link: {
    readonly state: LinkState;
    onChange(listener: (before: LinkState, after: LinkState) => void): void;
  };
  /** The store's day; days are numbered. */
  readonly today: () => number;
  /** Entries that wait to be sent, oldest first. */
  readonly candidates: () => readonly SendCandidate[];
  /** This one's number, from 1, and how many there are. */
  readonly till: number;
  readonly tills: number;
  /** Calls of the account a day, as a manager has set them. */
  readonly quota: number;
  /** The check-up has seen the host refuse duplicates. */
  readonly isProven: boolean;
  /** The other tills, as the chain's folder tells of them. */
  readonly others: () => readonly OtherTill[];
}

export interface CallPolicy {
  readonly name: string;
  create(seen: Seen): TillPolicy;
  /** Tills tell each other of themselves by a folder. */
  readonly usesFolder: boolean;
}
