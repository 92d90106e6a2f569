import type { Ledger } from './ledger.ts';
import type { HostProfile } from './types.ts';

/** The host at the moment of one call. */
export interface Host {
  readonly ledger: Ledger;
  readonly profile: HostProfile;
  readonly appId: string;
  readonly prefix: string;
  readonly nowMs: number;
  /** Business calls of this store day, this one among them. */
  readonly callsToday: number;
  /** The same for any day, `yyyy-MM-dd`. */
  callsOf(day: string): number;
  storeTime(atMs: number): string;
}
