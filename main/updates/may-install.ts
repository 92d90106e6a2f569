import type { UpdateBlocker } from '../../preload/contract/index.ts';

export interface TillNow {
  readonly sending: number;
  /** The host check-up runs, or has test credits to take back. */
  readonly checkUpOpen: boolean;
  /** A drawer count has begun, and the shift is not closed. */
  readonly countOpen: boolean;
  /** Reported by the page: a form is filled, a review is open, somebody is active. */
  readonly page: 'free' | 'form' | 'review' | 'in-use';
}

/** Each day, in minutes of store time; may span midnight. Empty where both are equal. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface Occasion {
  /** At the start with no till open, unattended, or pressed by a manager. */
  readonly kind: 'start' | 'by-itself' | 'manager';
  readonly nowMs: number;
  /** Minute of the store's day. */
  readonly minute: number;
  readonly quiet: QuietHours;
  /** When the feed last confirmed this version. */
  readonly confirmedAtMs: number;
  readonly isEnding: boolean;
  readonly asksForAdministrator: boolean;
  /** How often this version was put in place and another one came up. */
  readonly triedInVain: number;
}

/**
 * Covers a weekend. A till that was away for longer does not know what became of the version: it sells first,
 * asks, and updates later.
 */
export const CONFIRMED_FOR_MS = 3 * 86_400_000;

/** Unattended tries of one version. */
export const MOST_TRIES = 2;

export function isQuiet({ fromMinute, toMinute }: QuietHours, minute: number): boolean {
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** A time in the future comes from a clock that was changed. */
const isRecent = (atMs: number, nowMs: number): boolean => atMs <= nowMs && nowMs - atMs <= CONFIRMED_FOR_MS;

/** Holds an update back on every occasion. */
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
  // A manager was shown all of this before pressing.
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

/** Why a ready version must not be installed now; empty: it may. Pure. `till` is null where none is open. */
export function whyNotNow(occasion: Occasion, till: TillNow | null): readonly UpdateBlocker[] {
  if (occasion.isEnding) return ['ending'];
  return [...(till === null ? [] : busyWith(till)), ...untimely(occasion, till)];
}
