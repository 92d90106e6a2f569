import { ok } from '../../preload/contract/index.ts';
import type { Room } from '../kernel/room.ts';
import type { AsEntry } from './as-entry.ts';
import type { ReviewService } from './review-service.ts';
import { shownCase } from './shown-review.ts';

/** The reply's limit; oldest first. */
const MOST_SHOWN = 200;

interface ReviewRoomParts {
  readonly review: ReviewService;
  readonly asEntry: AsEntry;
  readonly storeTimeZone: string;
  /** A manager wants it sent: no back-off holds it. */
  readonly sendNow: () => void;
}

export function createReviewRoom({ review, asEntry, storeTimeZone, sendNow }: ReviewRoomParts): Room {
  return {
    name: 'review',
    handlers: {
      'review:list': () => {
        const cases = review.cases().slice(0, MOST_SHOWN);
        return ok({ cases: cases.map((of) => shownCase(of, storeTimeZone)) });
      },
      'review:read': async ({ id }) => {
        const read = await review.read(id);
        return read.ok ? ok(shownCase(read.value, storeTimeZone)) : read;
      },
    },
    managersHandlers: {
      'review:answer': async ({ id, version, answer, readingId = null, isMeant = false }, who) => {
        const answered = await review.answer(id, version, answer, who, { readingId, isMeant });
        if (answered.ok && answer === 'send') sendNow();
        return asEntry(answered);
      },
    },
    wokeUp: review.wokeUp,
  };
}
