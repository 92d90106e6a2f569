// node scripts/windows/make-installer.mjs <folder of the program> <version> <installer.exe>: an installer by Debian's makensis,
// as electron-builder makes a release's by the same script.
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal, ran, root, runMain } from '../lib/common.mjs';
import { ensureSystemPackages } from '../lib/system.mjs';
import { makeLauncher } from './make-launcher.mjs';

const isThere = () => spawnSync('makensis', ['-VERSION'], { stdio: 'ignore' }).error === undefined;

function ensureMakensis() {
  if (isThere()) return;
  ensureSystemPackages(['nsis']);
  if (!isThere()) throw new Refusal('makensis is missing: install NSIS 3.11 or newer and start again');
}

/**
 * Puts launcher and list of files into the folder, and packs it.
 *
 * @param {{ folder: string, version: string, file: string, test?: { proveLimitMs: number, launcher: string } }} asked `test`
 *   makes one that runs where there are no 32-bit libraries, and stands still at the step that COUNTERFOIL_STOP_AT names
 */
export function makeInstaller({ folder, version, file, test }) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Refusal(`${version} is no version: three numbers are`);
  ensureMakensis();
  const launcher = join(folder, 'launcher.exe');
  if (test === undefined) makeLauncher(launcher);
  else copyFileSync(test.launcher, launcher);
  const forTests =
    test === undefined ? [] : ['-DTEST', '-DTARGET_64', `-DPROVE_LIMIT_MS=${test.proveLimitMs}`];
  const defines = [
    ...[`-DPROJECT_DIR=${root}`, `-DSOURCE=${resolve(folder)}`],
    ...[`-DVERSION=${version}`, `-DOUT=${resolve(file)}`],
  ];
  const script = join(root, 'build', 'windows', 'counterfoil.nsi');
  if (!ran('makensis', ['-V2', '-WX', '-INPUTCHARSET', 'UTF8', ...defines, ...forTests, script]))
    throw new Refusal('makensis failed');
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  await runMain(() => {
    const [folder, version, file] = process.argv.slice(2);
    if (file === undefined) throw new Refusal('usage: make-installer.mjs FOLDER VERSION INSTALLER.exe');
    makeInstaller({ folder, version, file });
    return 0;
  });
}
