import { dirname, join } from 'node:path';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { createMemoryVault } from '../../people/index.ts';
import { freeBytes } from '../../safety/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { type Answer, prove, type RehearseParts, rehearse, runWith } from '../../updates/trial/index.ts';
import { verifyCommand } from '../commands.ts';
import { hostProtocol } from '../host-protocol.ts';
import { openPracticeSession } from '../open-session.ts';

/** The till's log belongs to the program that waits for this one. */
export const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** On one line, for the calling program; returns the exit code. */
export function printAnswer(answer: Answer): number {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  return answer.ok ? 0 : 1;
}

interface RehearsalWorld extends Pick<RehearseParts, 'folder' | 'version' | 'vault'> {
  readonly clock: Clock;
  readonly random: Random;
}

/** `--rehearse=FOLDER`: see `main/updates/trial/rehearse.ts`. `world` is the copy's. */
export function rehearseHere(world: RehearsalWorld): Promise<Answer> {
  const { clock, random } = world;
  return rehearse({
    ...world,
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
      const vault = createMemoryVault(null, random);
      return openPracticeSession({ ...places, clock, random, changed, logger: silent, vault }, 'UTC');
    },
  });
}

export interface ProveWorld {
  readonly folder: string;
  readonly headCopyFolder: string;
  readonly clock: Clock;
}

/** This program's arguments without its task. */
export const startedAs = (argv: readonly string[]): readonly string[] =>
  argv.filter((argument) => argument !== '--prove' && !argument.startsWith('--user-data-dir='));

/** `--prove`: see `main/updates/trial/rehearse-update.ts`. Resolves to the exit code. */
export async function runProve(world: ProveWorld, appVersion: string): Promise<number> {
  const run = runWith(world);
  const own = startedAs(process.argv.slice(1));
  const answer = await prove(
    {
      ...world,
      free: freeBytes,
      args: [],
      logger: silent,
      run: (program, args, unwanted) => run(program, [...own, ...args], unwanted),
    },
    { version: plainVersion(appVersion), program: process.execPath },
  );
  return printAnswer(answer);
}
