import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root, say } from './common.mjs';

const home = join(root, 'node_modules', 'electron');
const failureNote = join(cache, 'official-electron-unreachable.json');
const probeLimitMs = 4_000;
const downloadLimitMs = 300_000;

const readText = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');
const wantedVersion = () => JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;

function installed(version) {
  const name = readText(join(home, 'path.txt'));
  const executable = join(home, 'dist', name);
  const isThere = name !== '' && readText(join(home, 'dist', 'version')).replace(/^v/, '') === version;
  return isThere && existsSync(executable) ? { kind: 'official', version, executable } : null;
}

async function answers(url) {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeLimitMs) });
    return true;
  } catch {
    return false;
  }
}

const environment = (name) => process.env[name] ?? process.env[name.toLowerCase()];

async function reachable() {
  // A download through a proxy is up to Electron's own installer, which knows its settings.
  if (environment('HTTPS_PROXY') || environment('ALL_PROXY')) return true;
  return answers(
    environment('ELECTRON_MIRROR') ?? environment('npm_config_electron_mirror') ?? 'https://github.com/',
  );
}

/**
 * The Electron of package.json, downloaded if need be, or null where it cannot be had. With
 * `hasSubstitute` a failure is remembered, so that only the first start waits for it.
 */
export async function findOfficial(hasSubstitute) {
  const version = wantedVersion();
  const there = installed(version);
  if (there) return there;
  const known = readText(failureNote);
  if (hasSubstitute && known !== '' && JSON.parse(known).version === version) return null;
  say(`fetching Electron ${version}`);
  if (!hasSubstitute || (await reachable())) {
    spawnSync(process.execPath, [join(home, 'install.js')], {
      stdio: ['ignore', 2, hasSubstitute ? 'ignore' : 2],
      timeout: downloadLimitMs,
    });
  }
  const fetched = installed(version);
  if (fetched) {
    rmSync(failureNote, { force: true });
  } else if (hasSubstitute) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(failureNote, JSON.stringify({ version }));
    say(`Electron ${version} cannot be downloaded here (to try again, delete ${failureNote})`);
  }
  return fetched;
}
