import { dirname, join } from 'node:path';
import type { Logger, LoopClock, Random } from '../kernel/ports.ts';
import { createMemoryVault } from '../people/index.ts';
import { type Answer, type RehearseParts, rehearse } from '../updates/rehearsal/index.ts';
import { verifyCommand } from './commands.ts';
import { hostProtocol } from './host-protocol.ts';
import { journalViews } from './journal-views.ts';
import { openPracticeSession } from './open-session.ts';

interface RehearsalWorld extends Pick<RehearseParts, 'folder' | 'version' | 'vault'> {
  readonly clock: LoopClock;
  readonly random: Random;
}

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** `--rehearse=FOLDER`: see `main/updates/rehearsal/rehearse.ts`. */
export const rehearseHere = ({ folder, version, vault, clock, random }: RehearsalWorld): Promise<Answer> =>
  rehearse({
    folder,
    version,
    vault,
    clock,
    random,
    views: journalViews,
    verify: ({ file, secrets, headCopyFolder }) => {
      const headsAt = secrets && {
        key: secrets.journalKey,
        slotFolder: dirname(file),
        copyFolder: join(headCopyFolder, 'live'),
      };
      const parts = { file, clock, random, protocol: hostProtocol };
      return verifyCommand(parts, secrets?.appKey ?? null, headsAt).problems;
    },
    openPractice: (places, changed) => {
      const world = {
        ...places,
        clock,
        random,
        changed,
        logger: silent,
        vault: createMemoryVault(null, random),
      };
      return openPracticeSession(world, 'UTC');
    },
  });
