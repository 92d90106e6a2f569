import { ok } from '../../../preload/contract/index.ts';
import type { Room } from '../../kernel/room.ts';
import { practiceSamples } from './samples.ts';
import type { PracticeStore } from './types.ts';

export interface PracticeRoomParts {
  readonly practice: PracticeStore;
  /** Tells all rooms that the plug, which is this store's network, is in again. */
  readonly networkBack: () => void;
}

/** The practice store. */
export function createPracticeRoom({ practice, networkBack }: PracticeRoomParts): Room {
  return {
    name: 'practice',
    handlers: {
      'practice:setPlug': async ({ in: plugIn }) => {
        await practice.setPlug(plugIn);
        if (plugIn) networkBack();
        return ok({});
      },
      'practice:loseNextReply': ({ lose }) => {
        practice.setLoseNextReply(lose);
        return ok({});
      },
    },
    stop: practice.close,
    shows: {
      practice: () => ({
        plugIn: practice.plugIn(),
        loseNextReply: practice.loseNextReply(),
        samples: practiceSamples.map((sample) => ({ ...sample })),
      }),
    },
  };
}
