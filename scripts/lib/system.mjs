import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Refusal, ran, say } from './common.mjs';

// Names that differ between releases of Debian and Ubuntu stand side by side; one of them will do.
const packages = {
  libraries: [
    ['libgtk-3-0t64', 'libgtk-3-0'],
    ['libnss3'],
    ['libasound2t64', 'libasound2'],
    ['libgbm1'],
    ['libxss1'],
    ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
    ['libcups2t64', 'libcups2'],
    ['libdrm2'],
    ['libxkbcommon0'],
    ['libnotify4'],
    ['libsecret-1-0'],
  ],
  fonts: [['fonts-noto-cjk']],
  display: [['xvfb'], ['xauth']],
  keyring: [['dbus'], ['dbus-x11'], ['gnome-keyring']],
  compiler: [['gcc'], ['libc6-dev']],
  gcc: [['gcc']],
  unzip: [['unzip']],
  windows: [['wine'], ['wine64'], ['xvfb'], ['xauth']],
  nsis: [['nsis']],
  mingw: [
    ['gcc-mingw-w64-x86-64-win32', 'gcc-mingw-w64-x86-64'],
    ['gcc-mingw-w64-i686-win32', 'gcc-mingw-w64-i686'],
  ],
  beancount: [['beancount']],
  packing: [['squashfs-tools'], ['desktop-file-utils'], ['xz-utils']],
};

function installedPackages() {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', `\${Package} \${db:Status-Status}\n`], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  const lines = (stdout ?? '').split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(lines.map((line) => line.slice(0, line.indexOf(' '))));
}

const isKnown = (name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0;

function install(missing) {
  say('installing missing system packages with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  ran('apt-get', ['update', '-qq', ...wait], { env });
  const names = missing.map((alternatives) => alternatives.find(isKnown) ?? alternatives[0]);
  say(names.join(' '));
  if (!ran('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wait, ...names], { env })) {
    throw new Refusal(`apt-get could not install ${names.join(' ')}`);
  }
}

/** Makes sure of a command that a package of the same name brings: `gcc` or `unzip`. */
export function ensureTool(name) {
  const isThere = () => spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined;
  if (isThere()) return;
  ensureSystemPackages([name]);
  if (!isThere()) throw new Refusal(`the substitute runtime needs ${name}: install it and start again`);
}

/** Names the libraries that the executable needs and this system lacks, whatever its packages are called. */
export function reportMissingLibraries(executable) {
  if (process.platform !== 'linux') return;
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  const missing = [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  if (missing.length > 0) throw new Refusal(`missing system libraries: ${missing.join(' ')}`);
}

/**
 * Makes sure of the system packages of these groups (the keys of `packages`) on Linux: installs the missing ones
 * as root on Debian, names them otherwise and refuses if the app cannot do without.
 */
export function ensureSystemPackages(groups) {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return;
  const installed = installedPackages();
  const missingOf = (group) => packages[group].filter((names) => !names.some((name) => installed.has(name)));
  const missing = groups.flatMap(missingOf);
  if (missing.length === 0) return;
  const named = missing.map(([name]) => name).join(' ');
  say(`missing system packages: ${named}`);
  if (process.getuid() === 0) install(missing);
  else if (groups.some((group) => group !== 'fonts' && missingOf(group).length > 0)) {
    throw new Refusal(`install them with: sudo apt-get install ${named}`);
  } else say(`some characters will not show; install them with: sudo apt-get install ${named}`);
}
