// The tools that electron-builder packs an AppImage with, put together from Debian's packages: its own are a download that
// is out of reach there. What starts the image is a script of ours and no real AppImage runtime, so such an image is for
// tests and says so.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, Refusal, root } from '../lib/common.mjs';

/** `skip` in the script. */
const RUNTIME_BYTES = 1_024;

const where = (tool) => {
  const { stdout, status } = spawnSync('which', [tool], { encoding: 'utf8' });
  if (status !== 0) throw new Refusal(`${tool} is missing`);
  return stdout.trim();
};

/** Gives the folder that electron-builder's APPIMAGE_TOOLS_PATH asks for. */
export function makeAppImageTools() {
  const folder = join(cache, 'appimage-tools');
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['runtimes', 'lib/x64']) mkdirSync(join(folder, part), { recursive: true });
  for (const tool of ['mksquashfs', 'desktop-file-validate']) symlinkSync(where(tool), join(folder, tool));
  const script = readFileSync(join(root, 'scripts', 'package', 'test-runtime.sh'), 'latin1');
  const runtime = join(folder, 'runtimes', 'runtime-x64');
  // The file system begins where the script says that it does; a shell reads no further than the script's last `exit`.
  writeFileSync(runtime, script.padEnd(RUNTIME_BYTES, '\n'), { encoding: 'latin1', mode: 0o755 });
  return folder;
}
