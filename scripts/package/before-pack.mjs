// Called by electron-builder before it puts a program into its folder: the launcher of Windows is among what it puts there.
import { join } from 'node:path';
import { root } from '../lib/common.mjs';
import { makeLauncher } from '../windows/make-launcher.mjs';

export default function beforePack({ electronPlatformName }) {
  if (electronPlatformName === 'win32') makeLauncher(join(root, 'dist', 'launcher', 'launcher.exe'));
}
