// A program of its own, killed by its test at any moment: it settles what was cut off, takes up what it has, asks, brings,
// tries what it has brought on its till's data, and puts it in place. Arguments: the AppImage, the data folder, the feed, the
// public key. Ends with 0 once it has put the version in place, or is that version and has drawn its till.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../main/kernel/system.ts';
import { createAppImageInstaller } from '../../main/updates/appimage.ts';
import { publicKeyOf } from '../../main/updates/release-list.ts';
import { settleTrial } from '../../main/updates/trial/roll-back.ts';
import { runWith } from '../../main/updates/trial/run-program.ts';
import { takeTillLock } from '../../main/updates/trial/till-lock.ts';
import { createTryOut } from '../../main/updates/trial/try-out.ts';
import { createUpdates } from '../../main/updates/updates.ts';
import { ok } from '../../preload/contract/index.ts';
import { versionOf } from './feed.ts';

const [program = '', data = '', url = '', key = ''] = process.argv.slice(2);
const quiet = () => undefined;
const logger = { info: quiet, warn: quiet, error: quiet };
const version = versionOf(readFileSync(program));
const places = { folder: data, headCopyFolder: join(data, 'copy') };

process.stdout.write('begun\n');
const lock = takeTillLock(data);
const settled = await settleTrial({ ...places, logger, version });
if (lock.problem() !== null || settled.problem !== null) process.exit(2);
const tryOut = createTryOut({
  ...{ ...places, logger, version, lock, random: systemRandom, args: [] },
  free: async () => null,
  run: runWith({ clock: systemClock, limitMs: 60_000 }),
});
const updates = createUpdates({
  installed: { product: 'app.counterfoil.till', version, platform: 'linux', arch: 'x64', kind: 'appimage' },
  keys: [publicKeyOf(key)],
  feed: { url, fetch, clock: systemClock },
  ...{ folder: join(data, 'updates'), clock: systemClock, random: systemRandom, logger },
  freeBytes: async () => 10_000_000_000,
  installer: createAppImageInstaller({ program, random: systemRandom }),
  beforeInstall: async () => ok({}),
  found: settled.notice,
  replace: async ({ prepared, ...next }) => {
    const result = await tryOut({ ...next, program: prepared.program ?? '' });
    return { result, goesOn: !result.ok };
  },
  onChange: quiet,
});
// A line that nobody else needs.
updates.attach({
  ...{
    now: () => ({ sending: 0, checkUpOpen: false, countOpen: false }),
    quiet: () => ({ fromMinute: 0, toMinute: 0 }),
  },
  ...{
    minute: () => 0,
    bytesPerSecond: () => 1_000_000_000,
    backUp: async () => ok({}),
    onPress: () => false,
  },
});
updates.page('free');
const isPut = async (): Promise<boolean> => {
  if (await updates.installAtStart()) return true;
  if (version === '1.1.0') return true;
  await updates.check();
  // A manager presses, since a kill or two at the very end look like a version that does not come up.
  const put = await updates.installNow();
  if (!put.ok) process.stderr.write(JSON.stringify(put.error));
  return put.ok;
};
const isDone = await isPut();
if (version === '1.1.0') await settled.drawn();
process.exit(isDone ? 0 : 1);
