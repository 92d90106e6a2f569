// Called by makensis for the uninstaller that it has made, before it is packed: electron-builder signs none of a script of ours.
// COUNTERFOIL_SIGN is the command that signs a file, which is put after it.
import { spawnSync } from 'node:child_process';
import { say } from '../lib/common.mjs';

const command = process.env.COUNTERFOIL_SIGN;
const file = process.argv[2];
if (command === undefined) say('the uninstaller is not signed: COUNTERFOIL_SIGN names no command');
else
  process.exitCode = spawnSync(`${command} "${file}"`, { shell: true, stdio: ['ignore', 2, 2] }).status ?? 1;
