import { ok, type Result } from '../../../preload/contract/index.ts';
import type { Room } from '../../kernel/room.ts';
import { practiceSamples } from './samples.ts';
import type { PracticeStore } from './types.ts';

type Done = Result<Record<string, never>>;

export interface PracticeRoomParts {
  readonly practice: PracticeStore;
  /** Notifies all rooms of the plug, which is this store's network. */
  readonly networkChanged: (online: boolean) => void;
}

/** The practice store. */
export function createPracticeRoom({ practice, networkChanged }: PracticeRoomParts): Room {
  const after = async (change: Promise<void> | void): Promise<Done> => {
    await change;
    networkChanged(practice.plugIn());
    return ok({});
  };
  return {
    name: 'practice',
    handlers: {
      'practice:setPlug': ({ in: plugIn }) => after(practice.setPlug(plugIn)),
      'practice:loseNextReply': ({ lose }) => after(practice.setLoseNextReply(lose)),
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
