import { isQuotaSpent } from '../hosts/link/index.ts';
import type { MemberReading } from '../members/index.ts';
import type { SyncLoopParts } from './loop-parts.ts';

interface Probe {
  /** Makes one harmless read. */
  ask(): Promise<void>;
  /** Whether a call is left for it, or it costs none. */
  mayAsk(): boolean;
  /** Allows the next one beyond the call budget, at most once a minute. */
  hurry(): void;
}

const PRESSED_EVERY_MS = 60_000;

/** One suffices; another one follows a member without an answer. */
const NEXT = 2;
const KNOWN_OTHERS = 3;

/** With the day's calls used up a probe goes this often: our meter may be wrong, and KYBIO's day another one. */
const BEYOND_BUDGET_EVERY_MS = 900_000;

const isAnswered = (reading: MemberReading): boolean => reading.ok || reading.isAnswered;

/** Nothing reached KYBIO: the call costs nothing, and the network may return any minute. */
const isAway = (reading: MemberReading): boolean =>
  !reading.ok && (reading.error.kind === 'not-connected' || reading.error.pause === 'portal');

/**
 * Reads a member whom KYBIO knows: first one whose answer was lost, as evidence too, then one who waits, then one of
 * the last read; after one without an answer another one, so that a single record blocks nobody. Of an unknown card
 * KYBIO may say the same as of every call. A till that knows nobody reads the first page of the directory.
 */
export function createProbe(
  parts: Pick<SyncLoopParts, 'outbox' | 'directory' | 'reader' | 'callBudget' | 'link' | 'clock'>,
): Probe {
  const { outbox, directory, reader, callBudget, link, clock } = parts;
  let unansweredUid: string | null = null;
  let wasAway = false;
  let isPressed = false;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  const members = () => {
    const next = outbox.candidates().slice(0, NEXT);
    const waiting = [...outbox.unknown(), ...next.flatMap(({ id }) => outbox.byId(id) ?? [])];
    const known = directory.readLast(KNOWN_OTHERS);
    return [
      ...waiting.map(({ customerUid, customerNumber: number }) => ({ customerUid, number })),
      ...known.map(({ customerUid, number }) => ({ customerUid, number })),
    ].filter(({ number }) => number !== '');
  };

  const readNext = async (): Promise<boolean> => {
    const next = members().find(({ customerUid }) => customerUid !== unansweredUid);
    unansweredUid = null;
    if (next === undefined) {
      const { result } = await reader.page(null);
      return !result.ok && isAway({ ...result, isAnswered: false });
    }
    const { customerUid, number } = next;
    const reading = await reader.byNumber(number, 'probe');
    if (!isAnswered(reading)) unansweredUid = customerUid;
    return isAway(reading);
  };

  const sinceMs = (): number => clock.monotonicMs() - askedAtMs;

  return {
    ask: async () => {
      askedAtMs = clock.monotonicMs();
      isPressed = false;
      wasAway = await readNext();
    },
    mayAsk: () =>
      wasAway ||
      isPressed ||
      sinceMs() >= BEYOND_BUDGET_EVERY_MS ||
      (!isQuotaSpent(link.state) && callBudget.may('probe')),
    hurry: () => {
      if (sinceMs() >= PRESSED_EVERY_MS) isPressed = true;
    },
  };
}
