import { join } from 'node:path';
import { openLiveSession } from '../../../main/app/open-session.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { tryHere } from '../../../main/updates/trial/trial.ts';
import { keys } from '../../kit/closed-till-keys.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger } from '../../kit/till.ts';

// The next program without Electron: its trial alone, with the keys of the closed till in the keyring's place, and a page
// that has drawn whatever it is shown.
const folder = process.argv.find((argument) => argument.startsWith('--trial='))?.slice(8) ?? '';
process.stdin.on('end', () => process.exit(1)).resume();
const world = {
  ...{ folder, headCopyFolder: join(folder, 'copy'), clock: realClock, random: realRandom },
  ...{ vault: createMemoryVault(keys, realRandom), logger: silentLogger, changed: () => undefined },
};
const answer = await tryHere({
  ...{ folder, version: '1.1.0' },
  open: () => openLiveSession(world),
  draw: async () => null,
});
process.stdout.write(`${JSON.stringify(answer)}\n`);
process.exit(answer.ok ? 0 : 1);
