import type { Snapshot } from '../../preload/contract/index.ts';
import { useTopic } from './topics.ts';

/** Cases waiting for a manager: undecided entries, and suspected double or missing credits. */
export const toReview = ({ counts, doubts }: Pick<Snapshot, 'counts' | 'doubts'>): number =>
  counts.review + doubts;

export const useToReview = (): number => toReview({ counts: useTopic('counts'), doubts: useTopic('doubts') });
