import type { Policy, Result } from '../../preload/contract/index.ts';
import type { Numbering, TillConfig } from '../hosts/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Room } from '../kernel/room.ts';
import type { Admission, ManagerPin } from '../people/index.ts';

/** An open till: one database, one account, and its rooms. */
export interface Session {
  readonly mode: 'live' | 'practice';
  readonly config: TillConfig;
  /** In order of start. */
  readonly rooms: readonly Room[];
  readonly managerPin: ManagerPin;
  readonly admission: Admission;
  /** Opened without its journal key: nothing is added or sent. */
  readonly journalLost: boolean;
  /** An entry waits or is being sent. */
  isUnsettled(): boolean;
  /** Idle time before it locks; 0: never. */
  lockAfterMs(): number;
  /** Counts from the next opening on. */
  setNumbering(numbering: Numbering, who: Actor): Result<Record<string, never>>;
  /** Stores a tested key and uses it, if the journal is available. */
  replaceKey(appKey: string, who: Actor): Promise<Result<Record<string, never>>>;
  /** Journals a provisioning; its policy counts from now on. */
  noteProvisioned(policy: Partial<Policy> | null, who: Actor): void;
  networkBack(): void;
  /** After sleep. */
  wokeUp(): void;
  left(): void;
  start(): void;
  close(graceMs: number): Promise<void>;
}

/** Runs a list of rooms as one. */
export function asOne(
  rooms: readonly Room[],
): Pick<Session, 'start' | 'close' | 'networkBack' | 'wokeUp' | 'left'> {
  return {
    start: () => {
      for (const room of rooms) room.start?.();
    },
    close: async (graceMs) => {
      for (const room of [...rooms].reverse()) await room.stop?.(graceMs);
    },
    networkBack: () => {
      for (const room of rooms) room.networkBack?.();
    },
    wokeUp: () => {
      for (const room of rooms) room.wokeUp?.();
    },
    left: () => {
      for (const room of rooms) room.left?.();
    },
  };
}
