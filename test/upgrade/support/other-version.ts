import { execFileSync } from 'node:child_process';
import { closeSync, fchmodSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage, extractAll } from '@electron/asar';

/** How long what starts a test build's AppImage is, as `scripts/package/test-runtime.sh` says of itself. */
function runtimeOf(image: string): Buffer {
  const head = readFileSync(image).subarray(0, 4_096);
  const bytes = Number(/^skip=(\d+)$/m.exec(head.toString('latin1'))?.[1]);
  if (!Number.isInteger(bytes)) throw new Error(`${image} is not made by npm run package:linux`);
  return head.subarray(0, bytes);
}

/** Another program than the one that was packed: what its main process does first of all. */
interface Change {
  readonly name: string;
  readonly before: string;
}

/**
 * Packs what is in an AppImage under another version, and gives the new file. All else is the same: what differs between
 * two programs is the business of the other tests here, what happens to the file is this one's.
 */
export async function repackAs(
  version: string,
  image: string,
  folder: string,
  { name, before }: Change = { name: version, before: '' },
): Promise<string> {
  const runtime = runtimeOf(image);
  const offset = ['-offset', String(runtime.length)];
  const program = join(folder, `program-${version}`);
  const made = join(folder, `${name}.AppImage`);
  execFileSync('unsquashfs', ['-quiet', '-no-progress', ...offset, '-dest', program, image]);
  const archive = join(program, 'resources', 'app.asar');
  await renumber(archive, { version, before, scratch: join(folder, `archive-${version}`) });
  // Quickly rather than small.
  const pack = ['-all-root', '-noappend', '-no-progress', '-quiet', '-no-xattrs', '-comp', 'lz4'];
  execFileSync('mksquashfs', [program, made, ...offset, ...pack]);
  rmSync(program, { recursive: true });
  const file = openSync(made, 'r+');
  writeSync(file, runtime, 0, runtime.length, 0);
  fchmodSync(file, 0o755);
  closeSync(file);
  return made;
}

interface Renumbered {
  readonly version: string;
  readonly before: string;
  readonly scratch: string;
}

async function renumber(archive: string, { version, before, scratch }: Renumbered): Promise<void> {
  extractAll(archive, scratch);
  const path = join(scratch, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { readonly main: string };
  writeFileSync(path, JSON.stringify({ ...manifest, version }));
  const main = join(scratch, manifest.main);
  writeFileSync(main, before + readFileSync(main, 'utf8'));
  await createPackage(scratch, archive);
  rmSync(scratch, { recursive: true });
}
