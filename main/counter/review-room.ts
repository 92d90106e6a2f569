import { ok } from '../../preload/contract/index.ts';
import type { Room } from '../kernel/room.ts';
import type { OutboxRepository } from '../ledger/index.ts';
import type { OddSumsRepository } from '../sending/index.ts';
import type { AsEntry } from './as-entry.ts';
import type { ReadDoubt } from './doubt-correction.ts';
import type { ReviewService } from './review-service.ts';
import { shownCase, shownDoubt, shownOddSums } from './shown-review.ts';

/** The reply's limit; oldest first. */
const MOST_SHOWN = 200;

interface ReviewRoomParts {
  readonly review: ReviewService;
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly oddSums: Pick<OddSumsRepository, 'of'>;
  readonly asEntry: AsEntry;
  readonly storeTimeZone: string;
  /** A manager wants it sent: no back-off holds it. */
  readonly sendNow: () => void;
}

export function createReviewRoom(parts: ReviewRoomParts): Room {
  const { review, outbox, oddSums, asEntry, storeTimeZone, sendNow } = parts;
  const asShown = (doubt: ReadDoubt) => shownDoubt(doubt, outbox.byId, storeTimeZone);
  return {
    name: 'review',
    handlers: {
      'review:list': () => {
        const cases = review.cases().slice(0, MOST_SHOWN);
        const doubts = review.doubts().map(asShown);
        return ok({
          cases: cases.map((of) => shownCase(of, storeTimeZone)),
          doubts: doubts.filter((doubt) => doubt !== null).slice(0, MOST_SHOWN),
        });
      },
      'review:read': async ({ id, of }) => {
        if (of === 'doubt') {
          const read = await review.readDoubt(id);
          return read.ok ? ok({ case: null, doubt: asShown(read.value) }) : read;
        }
        const read = await review.read(id);
        return read.ok ? ok({ case: shownCase(read.value, storeTimeZone), doubt: null }) : read;
      },
      'review:oddSums': ({ id }) => {
        const increment = outbox.byId(id);
        return ok({ notes: increment === null ? [] : shownOddSums(id, oddSums.of(increment.sequence)) });
      },
    },
    managersHandlers: {
      'review:answer': async ({ id, version, answer, readingId = null, isMeant = false }, who) => {
        const answered = await review.answer(id, version, answer, who, { readingId, isMeant });
        if (answered.ok && answer === 'send') sendNow();
        return asEntry(answered);
      },
      'review:correct': async ({ doubtId, readingId = null, isMeant = false }, who) => {
        const made = await review.correct(doubtId, who, { readingId, isMeant });
        if (made.ok) sendNow();
        return asEntry(made);
      },
      'review:dismiss': ({ doubtId }, who) => review.dismiss(doubtId, who),
    },
    shows: { doubts: () => review.doubts().length },
    wokeUp: review.wokeUp,
  };
}
