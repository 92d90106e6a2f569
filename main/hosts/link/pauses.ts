import type { Pause, PauseReason } from '../../../preload/contract/index.ts';

interface Paused {
  readonly pauses: readonly Pause[];
}

/** Pauses that a read answered by KYBIO ends; the others wait for a key or a manager. */
export const endedByAnAnswer: ReadonlySet<PauseReason> = new Set([
  'permission',
  'portal',
  'certificate',
  'server',
  'unanswered',
  'quota',
  'refuses-all',
]);
export const endedByManager: ReadonlySet<PauseReason> = new Set([
  'contradiction',
  'unknown-words',
  'manager',
  'other-machine',
  'till-copy',
  'till-number',
]);
export const endedByKey: ReadonlySet<PauseReason> = new Set(['credentials', 'key-lost']);
const remembered: ReadonlySet<PauseReason> = new Set([
  'credentials',
  'quota',
  'refuses-all',
  'contradiction',
  'unknown-words',
  'manager',
  'till-number',
  'clock',
]);

/** KYBIO refused the key. */
export const isForRefusedKey = ({ reason }: Pause): boolean => reason === 'credentials';

/** Without a good key KYBIO would not answer; without a disk no call could be counted. */
const forbidsAsking = ({ reason }: Pause): boolean => endedByKey.has(reason) || reason === 'disk';

/** KYBIO refuses every call, so that asking is rare: each question is a call that fails. */
export const noCallsTaken = ({ pauses }: Paused): Pause | null =>
  pauses.find(({ reason }) => reason === 'quota' || reason === 'refuses-all') ?? null;

/** True where asking KYBIO can end what holds the queue; where it takes no calls, rarely (`asksAgain`). */
export const anAnswerHelps = ({ pauses }: Paused): boolean =>
  !pauses.some(forbidsAsking) &&
  pauses.some(({ reason }) => endedByAnAnswer.has(reason) || reason === 'clock');

/** What must survive a restart, since nothing at start-up would tell it again. */
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
  'unknown-words',
  'manager',
  'quota',
  'refuses-all',
  'clock',
  'permission',
  'certificate',
  'portal',
  'server',
  'unanswered',
  'data-check',
];

/** The one reason that is shown: the gravest. */
export function gravestPause({ pauses }: Paused): Pause | null {
  for (const reason of gravity) {
    const pause = pauses.find((candidate) => candidate.reason === reason);
    if (pause !== undefined) return pause;
  }
  return null;
}

/** The same where nothing ends: a change that is none would wake the loop that asked for it. */
const keepPauses = <L extends Paused>(link: L, stays: (pause: Pause) => boolean): L =>
  link.pauses.every(stays) ? link : { ...link, pauses: link.pauses.filter(stays) };

export const withoutPauses = <L extends Paused>(link: L, ended: (reason: PauseReason) => boolean): L =>
  keepPauses(link, (pause) => !ended(pause.reason));

/** Midnight of a clock that is ahead of KYBIO's is not yet KYBIO's: what it says so soon is of the day before. */
const DAYS_MEET_MS = 900_000;

/** `isSameDay`: whether a moment lies on the day of `nowMs`. */
export const afterNewDay = <L extends Paused>(
  link: L,
  isSameDay: (unixMs: number) => boolean,
  nowMs: number,
): L =>
  keepPauses(link, ({ reason, sinceMs }) => {
    const isOfDayBefore = !isSameDay(sinceMs - DAYS_MEET_MS) && nowMs - sinceMs >= DAYS_MEET_MS;
    return reason !== 'quota' || (isSameDay(sinceMs) && !isOfDayBefore);
  });
