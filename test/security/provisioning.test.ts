import { linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configureLive } from '../../main/app/live-account.ts';
import * as provisioning from '../../main/app/provision.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { ok } from '../../preload/contract/index.ts';
import { planted } from '../faults/faults.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { provisioning };

const appKey = '2D8A1F0C99E04B7DA2F3C1E65B7F9A10';
const managerPin = '493827';

const wiped: ModuleCheck<typeof sound> = {
  number: '25',
  title: 'of a provisioning file neither key nor PIN is left where it lay, nor in its old bytes',
  breaches: async ({ provisioning: { provision } }) => {
    const folder = temporaryFolder();
    const path = join(folder, 'till.json');
    const where = { host: 'https://kybio.example', appId: 'APP', tillName: 'Counter 1', currency: 'SGD' };
    writeFileSync(
      path,
      JSON.stringify({ appKey, managerPin, ...where, storeTimeZone: 'UTC', language: 'en' }, null, 2),
    );
    // Another name for the same bytes: what is only put in another file's place is still there.
    linkSync(path, join(folder, 'bytes'));
    const imported = await provision(path, {
      ...{ protocol: kybio, vault: createMemoryVault(null, realRandom), accountProblem: () => null },
      configureLive: (config) => configureLive(folder, config),
      liveConfig: () => ok(null),
      ...{ clock: realClock, logger: silentLogger },
    });
    if (!imported.ok || imported.value === null) return ['nothing is imported'];
    const told = imported.value.wipe();
    const [text, bytes] = [path, join(folder, 'bytes')].map((name) => readFileSync(name, 'latin1'));
    return through({
      'the key in the file': text?.includes(appKey) ?? true,
      'the PIN in the file': text?.includes(managerPin) ?? true,
      'the key in its old bytes': bytes?.includes(appKey) ?? true,
      'not told as it is': !told || !text?.includes('"imported"'),
    });
  },
  controls: [
    {
      ...planted('key-left-in-the-provisioning-file'),
      finds: 'the key in the file',
    },
    {
      ...planted('pin-left-in-the-provisioning-file'),
      finds: 'the PIN in the file',
    },
    {
      ...planted('provisioning-file-made-anew'),
      finds: 'the key in its old bytes',
    },
  ],
};

checkModules(sound, [wiped]);
