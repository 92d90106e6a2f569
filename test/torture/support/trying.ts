import { join } from 'node:path';
import { settleTrial } from '../../../main/updates/trial/roll-back.ts';
import { runWith } from '../../../main/updates/trial/run-program.ts';
import { takeTillLock } from '../../../main/updates/trial/till-lock.ts';
import { createTryOut } from '../../../main/updates/trial/try-out.ts';
import { ok } from '../../../preload/contract/index.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';

// The old program's side of a trial in a process of its own, whose file operations are steered.
const [data = '', next = '', version = ''] = process.argv.slice(2);
const nothing = () => undefined;
const logger = { info: nothing, warn: nothing, error: nothing };
const places = { folder: data, headCopyFolder: join(data, 'copy') };
const lock = takeTillLock(data);
const { problem, notice } = await settleTrial({ ...places, logger, version });
const tryOut = createTryOut({
  ...{ ...places, logger, version, lock, args: [], random: realRandom, free: async () => null },
  run: runWith({ clock: realClock, limitMs: 60_000 }),
});
const trying = { version: '1.1.0', program: next, ending: new AbortController().signal };
const result =
  next === '' || problem !== null ? null : await tryOut({ ...trying, commit: async () => ok({}) });
const error = problem ?? (result?.ok === false ? result.error : notice);
process.stdout.write(error?.code ?? 'ok');
