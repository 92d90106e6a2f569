import type { Pause, PauseReason } from '../../../preload/contract/index.ts';

interface Paused {
  readonly pauses: readonly Pause[];
}

/** Pauses ended by an answered read; the others need a key or a manager. */
export const endedByAnAnswer: ReadonlySet<PauseReason> = new Set([
  'permission',
  'portal',
  'certificate',
  'server',
  'unanswered',
  'quota',
]);
export const endedByManager: ReadonlySet<PauseReason> = new Set([
  'contradiction',
  'manager',
  'other-machine',
  'till-copy',
  'till-number',
]);
export const endedByKey: ReadonlySet<PauseReason> = new Set(['credentials', 'key-lost']);
const remembered: ReadonlySet<PauseReason> = new Set([
  'credentials',
  'quota',
  'contradiction',
  'manager',
  'till-number',
  'clock',
]);

/** Whether KYBIO refused the key. */
export const isForRefusedKey = ({ reason }: Pause): boolean => reason === 'credentials';

/** Whether calls make no sense: without a good key KYBIO refuses, without a disk no call can be counted. */
const forbidsAsking = ({ reason }: Pause): boolean => endedByKey.has(reason) || reason === 'disk';

/** Whether evidence waits too: not for a manager, nor for an increment that may be answered again. */
export const stopsReads = ({ reason, needsManager }: Pause): boolean =>
  !needsManager && reason !== 'unanswered';

/** Whether the day's calls are used up. */
export const isQuotaSpent = ({ pauses }: Paused): boolean => pauses.some(({ reason }) => reason === 'quota');

/** Whether a query can end the pauses. */
export const anAnswerHelps = ({ pauses }: Paused): boolean =>
  !pauses.some(forbidsAsking) &&
  pauses.some(({ reason }) => endedByAnAnswer.has(reason) || reason === 'clock');

/** Pauses stored across a restart, since no event would raise them again. */
export const rememberedPauses = ({ pauses }: Paused): readonly Pause[] =>
  pauses.filter((pause) => remembered.has(pause.reason));

const gravity: readonly PauseReason[] = [
  'disk',
  'till-copy',
  'other-machine',
  'contradiction',
  'till-number',
  'key-lost',
  'credentials',
  'manager',
  'quota',
  'clock',
  'permission',
  'certificate',
  'portal',
  'server',
  'unanswered',
  'data-check',
];

/** The pause to show: the most severe. */
export function mostSeverePause({ pauses }: Paused): Pause | null {
  for (const reason of gravity) {
    const pause = pauses.find((candidate) => candidate.reason === reason);
    if (pause !== undefined) return pause;
  }
  return null;
}

/** Removes ended pauses; returns the same link if none ended, since a change wakes the loop. */
const keepPauses = <L extends Paused>(link: L, stays: (pause: Pause) => boolean): L =>
  link.pauses.every(stays) ? link : { ...link, pauses: link.pauses.filter(stays) };

export const withoutPauses = <L extends Paused>(link: L, ended: (reason: PauseReason) => boolean): L =>
  keepPauses(link, (pause) => !ended(pause.reason));

/** The clocks may differ: a quota refused this soon after our midnight belongs to KYBIO's previous day. */
const DAYS_MEET_MS = 900_000;

/** `isSameDay`: whether a moment is on the day of `nowMs`. */
export const afterNewDay = <L extends Paused>(
  link: L,
  isSameDay: (unixMs: number) => boolean,
  nowMs: number,
): L =>
  keepPauses(link, ({ reason, sinceMs }) => {
    const isOfDayBefore = !isSameDay(sinceMs - DAYS_MEET_MS) && nowMs - sinceMs >= DAYS_MEET_MS;
    return reason !== 'quota' || (isSameDay(sinceMs) && !isOfDayBefore);
  });
