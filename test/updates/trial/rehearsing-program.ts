import { printAnswer, rehearseHere } from '../../../main/app/electron/run-rehearsal.ts';
import { readSwitches, switchProblem } from '../../../main/app/switches.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { keys } from '../../kit/closed-till-keys.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';

// The next program without Electron: its rehearsal alone, with the keys of the closed till in the keyring's place.
const argv = process.argv.slice(2);
if (switchProblem(argv) !== null) process.exit(2);
process.exitCode = printAnswer(
  await rehearseHere({
    folder: readSwitches(argv).rehearse ?? '',
    version: '1.1.0',
    vault: createMemoryVault(keys, realRandom),
    clock: realClock,
    random: realRandom,
  }),
);
