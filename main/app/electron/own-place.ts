import { existsSync, readFileSync, realpathSync } from 'node:fs';
import type { Place } from '../../updates/index.ts';

const orNull = (read: () => string): string | null => {
  try {
    return read();
  } catch {
    return null;
  }
};

export const ownPlace = (): Place => ({
  platform: process.platform,
  env: process.env,
  executable: process.execPath,
  resources: process.resourcesPath,
  read: (path) => orNull(() => readFileSync(path, 'utf8')),
  exists: existsSync,
  real: (path) => orNull(() => realpathSync(path)) ?? path,
});
