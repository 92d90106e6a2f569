import { runCommand } from '../../../main/app/electron/run-command.ts';
import { readSwitches, switchProblem } from '../../../main/app/switches.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { rehearsedHeads } from '../../../main/updates/rehearsal/rehearsal-folder.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { keys } from '../../upgrade/shop.ts';

// The next program without Electron: its command alone, with the keys of the kept folders in the keyring's place.
const argv = process.argv.slice(2);
const switches = readSwitches(argv);
const folder = switches.rehearse ?? '';
if (switchProblem(argv) !== null) process.exit(2);
process.exitCode = await runCommand(
  {
    ...{ folder, headCopyFolder: rehearsedHeads(folder), version: '1.1.0-substitute' },
    ...{ clock: realClock, random: realRandom, vault: createMemoryVault(keys, realRandom) },
  },
  switches,
);
