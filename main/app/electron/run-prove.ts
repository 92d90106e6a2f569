import type { App } from 'electron';
import type { LoopClock } from '../../kernel/ports.ts';
import { freeBytes } from '../../safety/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { type Answer, prove, runWith } from '../../updates/rehearsal/index.ts';
import { isUnderWay } from '../../updates/trial/index.ts';
import { LIMIT_MS } from './till-rehearsal.ts';

export interface ProveWorld {
  readonly folder: string;
  readonly headCopyFolder: string;
  readonly clock: LoopClock;
}

/** How this program was started, but for what it was to do and on what. */
export const startedAs = (argv: readonly string[]): readonly string[] =>
  argv.filter((argument) => argument !== '--prove' && !argument.startsWith('--user-data-dir='));

/** `--prove`: see `main/updates/rehearsal/prove.ts`. Resolves to the code to end with. */
export async function runProve({ folder, headCopyFolder, clock }: ProveWorld, app: App): Promise<number> {
  const version = plainVersion(app.getVersion());
  const run = runWith({ clock, limitMs: LIMIT_MS });
  const own = startedAs(process.argv.slice(1));
  // What lies there is put back first, or goes on as the next version's.
  const cutOff: Answer = { ok: false, version, problems: ['update-cut-off'] };
  const answer = isUnderWay(folder, version)
    ? cutOff
    : await prove({
        folder,
        headCopyFolder,
        version,
        program: process.execPath,
        free: freeBytes,
        args: [],
        run: (program, args, unwanted) => run(program, [...own, ...args], unwanted),
      });
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  return answer.ok ? 0 : 1;
}
