// A program of its own, killed by its test at any moment: it takes up what it has, asks, brings, and puts in place.
// Arguments: the AppImage, the updates' folder, the feed, the public key. Ends with 0 once it has put the version in place.

import { systemClock, systemRandom } from '../../main/system.ts';
import { createAppImageInstaller } from '../../main/updates/appimage.ts';
import { publicKeyOf } from '../../main/updates/release-list.ts';
import { createUpdates } from '../../main/updates/updates.ts';
import { ok } from '../../preload/contract/index.ts';

const [program = '', folder = '', url = '', key = ''] = process.argv.slice(2);
const quiet = () => undefined;
const updates = createUpdates({
  installed: {
    product: 'app.counterfoil.till',
    version: '1.0.0',
    platform: 'linux',
    arch: 'x64',
    kind: 'appimage',
  },
  keys: [publicKeyOf(key)],
  feed: { url, fetch, clock: systemClock },
  ...{ folder, clock: systemClock, random: systemRandom },
  logger: { info: quiet, warn: quiet, error: quiet },
  freeBytes: async () => 10_000_000_000,
  installer: createAppImageInstaller({ program, random: systemRandom }),
  beforeInstall: async () => ok({}),
  replace: (commit) => commit(),
  onChange: quiet,
});
process.stdout.write('begun\n');
const isPut = async (): Promise<boolean> => {
  if (await updates.installAtStart()) return true;
  await updates.check();
  // A manager presses, since a kill or two at the very end look like a version that does not come up.
  return (await updates.installNow()).ok;
};
process.exit((await isPut()) ? 0 : 1);
