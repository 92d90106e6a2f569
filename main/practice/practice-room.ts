import { ok, type Result } from '../../preload/contract/index.ts';
import type { Room } from '../room.ts';
import { practiceSamples } from './samples.ts';
import type { PracticeStore } from './types.ts';

type Done = Result<Record<string, never>>;

/** The practice store; `networkChanged` tells all rooms of its plug, which is this store's network. */
export function createPracticeRoom(practice: PracticeStore, networkChanged: (online: boolean) => void): Room {
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
