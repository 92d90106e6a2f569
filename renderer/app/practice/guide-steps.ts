import type { Snapshot } from '../../../preload/contract/index.ts';

/** Steps of the first minute, in order. */
export const guideSteps = ['member', 'confirm', 'unplug', 'plug'] as const;
export type GuideStep = (typeof guideSteps)[number];

/** As of now, however it came about. */
export interface GuideFacts {
  readonly hasMember: boolean;
  readonly plugIn: boolean;
  /** All entries ever, the confirmed ones, and the unsent ones. */
  readonly entries: number;
  readonly confirmed: number;
  readonly waiting: number;
}

/** Null where the practice store is not open. */
export function guideFacts(
  { counts, practice }: Pick<Snapshot, 'counts' | 'practice'>,
  hasMember: boolean,
): GuideFacts | null {
  if (practice === null) return null;
  return {
    hasMember,
    plugIn: practice.plugIn,
    entries: Object.values(counts).reduce((sum, count) => sum + count, 0),
    confirmed: counts.confirmed,
    waiting: counts.queued + counts.sending,
  };
}

export interface GuideProgress {
  /** Steps done; never decreases. */
  readonly done: number;
  /** Entries before the guide began do not count. */
  readonly entriesBefore: number;
  /** Confirmed entries when one was first seen waiting. */
  readonly confirmedBefore: number;
}

export const beginGuide = ({ entries }: Pick<GuideFacts, 'entries'>): GuideProgress => ({
  done: 0,
  entriesBefore: entries,
  confirmedBefore: 0,
});

function isDone(
  step: GuideStep,
  { entriesBefore, confirmedBefore }: GuideProgress,
  facts: GuideFacts,
): boolean {
  const { hasMember, plugIn, entries, confirmed, waiting } = facts;
  switch (step) {
    case 'member':
      return hasMember || entries > entriesBefore;
    case 'confirm':
      return entries > entriesBefore;
    case 'unplug':
      return !plugIn && waiting > 0;
    case 'plug':
      return plugIn && waiting === 0 && confirmed > confirmedBefore;
  }
}

/** Advances over each step that the facts show to be done. */
export function guideAfter(progress: GuideProgress, facts: GuideFacts): GuideProgress {
  const step = guideSteps[progress.done];
  if (step === undefined || !isDone(step, progress, facts)) return progress;
  const confirmedBefore = step === 'unplug' ? facts.confirmed : progress.confirmedBefore;
  return guideAfter({ ...progress, confirmedBefore, done: progress.done + 1 }, facts);
}
