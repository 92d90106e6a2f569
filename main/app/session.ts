import type { Policy, Result } from '../../preload/contract/index.ts';
import type { Numbering, TillConfig } from '../hosts/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Room } from '../kernel/room.ts';
import type { Admission, ManagerPin } from '../people/index.ts';

/** An open till: one database, one account, and the rooms that work on them. */
export interface Session {
  readonly mode: 'live' | 'practice';
  readonly config: TillConfig;
  /** In the order in which they start. */
  readonly rooms: readonly Room[];
  readonly managerPin: ManagerPin;
  readonly admission: Admission;
  /** Opened without its journal's key: nothing is added or sent until it is opened again with one. */
  readonly journalLost: boolean;
  /** Something waits or is on its way. */
  isUnsettled(): boolean;
  /** So long nobody touches it before it is locked; 0: it is not. */
  lockAfterMs(): number;
  /** Keeps another till number; it counts from the next opening on. */
  setNumbering(numbering: Numbering, who: Actor): Result<Record<string, never>>;
  /** Keeps a tested key and goes on with it, where the journal is at hand. */
  replaceKey(appKey: string, who: Actor): Promise<Result<Record<string, never>>>;
  /** The journal is told that a provisioning file has set this till up; what it says of the settings counts from now on. */
  noteProvisioned(policy: Partial<Policy> | null, who: Actor): void;
  /** What a provisioning file says of a closed installation; false where that was shown to be false before (ADR 55). */
  giveClosedInstallation(until: string | null, who: Actor): boolean;
  /** The system saw the network come or go. */
  networkChanged(online: boolean): void;
  /** Begins an outage drill; absent where there is no practice store to hold one in. */
  readonly beginDrill?: (who: Actor, isFromLive: boolean) => Result<Record<string, never>>;
  /** The PC slept. */
  wokeUp(): void;
  /** Nobody stands at the till any more. */
  left(): void;
  start(): void;
  close(graceMs: number): Promise<void>;
}

/** What a list of rooms does as one till. */
export function asOne(
  rooms: readonly Room[],
): Pick<Session, 'start' | 'close' | 'networkChanged' | 'wokeUp' | 'left'> {
  return {
    start: () => {
      for (const room of rooms) room.start?.();
    },
    close: async (graceMs) => {
      for (const room of [...rooms].reverse()) await room.stop?.(graceMs);
    },
    networkChanged: (online) => {
      for (const room of rooms) room.networkChanged?.(online);
    },
    wokeUp: () => {
      for (const room of rooms) room.wokeUp?.();
    },
    left: () => {
      for (const room of rooms) room.left?.();
    },
  };
}
