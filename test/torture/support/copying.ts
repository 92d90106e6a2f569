import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRehearsal } from '../../../main/updates/trial/rehearse-update.ts';
import { runWith } from '../../../main/updates/trial/run-program.ts';
import { realClock } from '../../kit/practice-store.ts';
import { fileOf } from '../../updates/feed.ts';

// The old program's side of a rehearsal in a process of its own, whose file operations are steered.
const [data = '', next = ''] = process.argv.slice(2);
const nothing = () => undefined;
const rehearsal = createRehearsal({
  ...{ folder: data, headCopyFolder: join(data, 'copy'), args: [], free: async () => null },
  logger: { info: nothing, warn: nothing, error: nothing },
  run: runWith({ clock: realClock, limitMs: 60_000 }),
});
const result = await rehearsal(
  { version: '1.1.0', file: fileOf('1.1.0', readFileSync(next)) },
  { program: next },
);
process.stdout.write(result.ok ? 'ok' : result.error.code);
