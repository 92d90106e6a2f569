import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';

const isWindows = process.platform === 'win32';

// What only POSIX has (modes, links, signals, pipes by name, /proc) or only an AppImage or a deb is. Under Windows it is
// left out, and `npm run test:windows` counts it.
export const itOnPosix = isWindows ? it.skip : it;
export const describeOnPosix = isWindows ? describe.skip : describe;

/** Windows makes junctions, and Wine does not. */
function canLink(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-link-'));
  try {
    symlinkSync(folder, join(folder, 'link'), 'junction');
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
export const itWithLinks = isWindows && !canLink() ? it.skip : it;
