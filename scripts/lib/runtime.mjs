import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, root, say } from './common.mjs';
import { findOfficial } from './official.mjs';
import { findSubstitute, hasSubstitute } from './substitute.mjs';
import { ensureSystemPackages, reportMissingLibraries } from './system.mjs';

const knownDesktops = /\b(Cinnamon|Deepin|GNOME|KDE|Pantheon|UKUI|Unity|XFCE)\b/i;
const sharedMemoryNeededBytes = 256 * 2 ** 20;

/** An Electron for this machine: `{ kind: 'official' | 'substitute', version, executable }`. */
export async function findElectron() {
  const official = await findOfficial(hasSubstitute);
  if (official) return official;
  if (!hasSubstitute)
    throw new Refusal('Electron cannot be downloaded, and there is no substitute for this system');
  const substitute = await findSubstitute();
  say(
    `using the substitute runtime, Electron ${substitute.version}: for development and tests only, never for a release`,
  );
  return substitute;
}

function hasGpu() {
  return existsSync('/dev/dri') && readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
}

function sharedMemoryIsSmall() {
  if (!existsSync('/dev/shm')) return true;
  const { bsize, blocks } = statfsSync('/dev/shm');
  return bsize * blocks < sharedMemoryNeededBytes;
}

export const hasDisplay = (env = process.env) => Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);

/** The switches that the machine, and nothing in the app, makes necessary in this environment. */
export function machineSwitches(env) {
  if (process.platform !== 'linux') return [];
  const switches = [];
  if (process.getuid() === 0) switches.push('--no-sandbox');
  if (!hasGpu() || !hasDisplay(env) || env['COUNTERFOIL_XVFB'] === '1') switches.push('--disable-gpu');
  if (sharedMemoryIsSmall()) switches.push('--disable-dev-shm-usage');
  if (env['COUNTERFOIL_SESSION'] === '1' || !knownDesktops.test(env['XDG_CURRENT_DESKTOP'] ?? '')) {
    switches.push('--password-store=gnome-libsecret');
  }
  return switches;
}

/**
 * `{ executable, args, env }` that starts the built app in this environment, with what the system
 * lacks installed where we may; refuses if it has not been built.
 */
export async function launchDescription(env = process.env) {
  const missing = [
    'main/index.cjs',
    'preload/index.cjs',
    'preload/customer.cjs',
    'renderer/index.html',
  ].filter((name) => !existsSync(join(root, 'out', name)));
  if (missing.length > 0)
    throw new Refusal(`not built: out/${missing.join(', out/')} missing; run \`npm run build\``);
  ensureSystemPackages(['libraries', 'fonts']);
  const { executable } = await findElectron();
  reportMissingLibraries(executable);
  return { executable, args: [root, ...machineSwitches(env)], env: {} };
}
