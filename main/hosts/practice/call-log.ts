import type { LedgerCall } from './types.ts';

export interface CallLog {
  readonly calls: () => readonly LedgerCall[];
  nextNumber(): number;
  arrive(call: LedgerCall): void;
  markApplied(callNumber: number): void;
  /** Notifies waiters; the call's `applied` is then what the host has done so far. */
  announce(callNumber: number): void;
  readonly waitFor: (matches: (call: LedgerCall) => boolean) => Promise<LedgerCall>;
}

/** `lastNumber` continues the numbering of an earlier run of the same ledger. */
export function createCallLog(lastNumber: number): CallLog {
  const calls: LedgerCall[] = [];
  let waiters: readonly { matches: (call: LedgerCall) => boolean; resolve: (call: LedgerCall) => void }[] =
    [];
  let number = lastNumber;
  return {
    calls: () => [...calls],
    nextNumber() {
      number += 1;
      return number;
    },
    arrive: (call) => void calls.push(call),
    markApplied(callNumber) {
      const index = calls.findIndex((call) => call.number === callNumber);
      const call = calls[index];
      if (call !== undefined) calls[index] = { ...call, applied: true };
    },
    announce(callNumber) {
      const call = calls.find((candidate) => candidate.number === callNumber);
      if (call === undefined) return;
      waiters = waiters.filter(({ matches, resolve }) => {
        if (!matches(call)) return true;
        resolve(call);
        return false;
      });
    },
    waitFor(matches) {
      const already = calls.find(matches);
      if (already !== undefined) return Promise.resolve(already);
      return new Promise((resolve) => {
        waiters = [...waiters, { matches, resolve }];
      });
    },
  };
}
