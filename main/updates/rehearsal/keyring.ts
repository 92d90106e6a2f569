import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Chromium's own name for what it keeps of a profile as a whole. */
const LOCAL_STATE = 'Local State';

/**
 * Lets a program with a profile of its own open what this one has sealed. On Windows the key that seals lies in the
 * profile, sealed itself by Windows for this user, and a new profile makes another; elsewhere the keyring has it, by the
 * program's name. `folder` is the till's own profile, which its data lie in. Throws what the disk says.
 */
export async function lendKeyring(
  folder: string,
  profile: string,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const from = join(folder, LOCAL_STATE);
  if (platform !== 'win32' || !existsSync(from)) return;
  await mkdir(profile, { recursive: true, mode: 0o700 });
  await copyFile(from, join(profile, LOCAL_STATE));
}
