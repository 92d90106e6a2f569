/**
 * Where programs store data of this computer; null for the platform's default. Electron's on Windows is part of a
 * roaming profile, and a till's records would turn up on another computer.
 */
export function dataHome(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const local = env['LOCALAPPDATA'] ?? '';
  return platform === 'win32' && local !== '' ? local : null;
}
