import type { UpdateBlocker } from '../../preload/contract/index.ts';

/** What the till and its page are about at this moment. */
export interface TillNow {
  /** Entries that are on their way to the member host right now. */
  readonly sending: number;
  /** The check-up of the host runs, or has test credits to take back. */
  readonly checkUpOpen: boolean;
  /** Somebody counts the drawer, or has and did not close the shift yet. */
  readonly countOpen: boolean;
  /** As the page says: something is typed, a review is open, somebody is at it. */
  readonly page: 'free' | 'form' | 'review' | 'in-use';
}

/** A stretch of each day, in minutes of the store's clock; it may go over midnight. None where both are the same. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface Occasion {
  /** The program has just been started and no till is open, nobody is there, or a manager has pressed. */
  readonly kind: 'start' | 'by-itself' | 'manager';
  readonly nowMs: number;
  /** Of the store's day. */
  readonly minute: number;
  readonly quiet: QuietHours;
  /** When the feed said last that this version is still offered. */
  readonly confirmedAtMs: number;
  /** The program or the system is ending. */
  readonly isEnding: boolean;
  /** Replacing the program asks for an administrator's password. */
  readonly asksForAdministrator: boolean;
  /** How often this version was put in place and another one came up all the same. */
  readonly triedInVain: number;
}

/**
 * A weekend's worth. A till that was away for longer does not know what became of the version meanwhile: it sells
 * first, asks, and updates later.
 */
export const CONFIRMED_FOR_MS = 3 * 86_400_000;

/** So often a version is put in place by itself. */
export const MOST_TRIES = 2;

export function isQuiet({ fromMinute, toMinute }: QuietHours, minute: number): boolean {
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** A time in the future is of a clock that was set. */
const isRecent = (atMs: number, nowMs: number): boolean => atMs <= nowMs && nowMs - atMs <= CONFIRMED_FOR_MS;

/** What a person does or the till has under way: it holds an update back on every occasion. */
export function busyWith(till: TillNow): UpdateBlocker[] {
  const busy: UpdateBlocker[] = [];
  if (till.sending > 0) busy.push('sending');
  if (till.checkUpOpen) busy.push('check-up');
  if (till.page === 'form') busy.push('form');
  if (till.page === 'review') busy.push('review');
  if (till.countOpen) busy.push('count');
  return busy;
}

function untimely(occasion: Occasion, till: TillNow | null): UpdateBlocker[] {
  const { kind, nowMs } = occasion;
  // Whoever presses has been told all of this.
  if (kind === 'manager') return [];
  const blockers: UpdateBlocker[] = [];
  if (occasion.asksForAdministrator) blockers.push('administrator');
  if (occasion.triedInVain >= MOST_TRIES) blockers.push('failed-before');
  if (!isRecent(occasion.confirmedAtMs, nowMs)) blockers.push('not-confirmed');
  if (kind === 'start') return blockers;
  if (!isQuiet(occasion.quiet, occasion.minute)) blockers.push('outside-hours');
  if (till?.page === 'in-use') blockers.push('in-use');
  return blockers;
}

/** Why a version that is ready must not be put in place now; none: it may. Pure. `till` is null where none is open. */
export function whyNotNow(occasion: Occasion, till: TillNow | null): readonly UpdateBlocker[] {
  if (occasion.isEnding) return ['ending'];
  return [...(till === null ? [] : busyWith(till)), ...untimely(occasion, till)];
}
