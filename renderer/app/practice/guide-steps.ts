import type { Snapshot } from '../../../preload/contract/index.ts';

/** What there is to be done in the first minute, in this order. */
export const guideSteps = ['member', 'confirm', 'unplug', 'plug'] as const;
export type GuideStep = (typeof guideSteps)[number];

/** What has really happened, whoever did it and by whichever way. */
export interface GuideFacts {
  readonly hasMember: boolean;
  readonly plugIn: boolean;
  /** Entries of this till: all there ever were, those that KYBIO has, those that are not sent. */
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
  /** How many steps are done; never fewer than before. */
  readonly done: number;
  /** Entries when the guide began: what was there before was not done with it. */
  readonly entriesBefore: number;
  /** Confirmed entries when one was seen to wait. */
  readonly confirmedBefore: number;
}

export const beginGuide = ({ entries }: Pick<GuideFacts, 'entries'>): GuideProgress => ({
  done: 0,
  entriesBefore: entries,
  confirmedBefore: 0,
});

export const isGuideDone = ({ done }: GuideProgress): boolean => done === guideSteps.length;

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

/** The steps that these facts show to be done, one after the other. */
export function guideAfter(progress: GuideProgress, facts: GuideFacts): GuideProgress {
  const step = guideSteps[progress.done];
  if (step === undefined || !isDone(step, progress, facts)) return progress;
  const confirmedBefore = step === 'unplug' ? facts.confirmed : progress.confirmedBefore;
  return guideAfter({ ...progress, confirmedBefore, done: progress.done + 1 }, facts);
}
