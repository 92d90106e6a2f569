/**
 * Where the data of programs lie that must stay on this computer; null: where the system has it for all programs. What
 * Electron takes on Windows goes along with a roaming profile, and a till's records would turn up on another computer.
 */
export function dataHome(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const local = env['LOCALAPPDATA'] ?? '';
  return platform === 'win32' && local !== '' ? local : null;
}
