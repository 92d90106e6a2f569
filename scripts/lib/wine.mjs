// Windows on a Debian machine: Wine, prefixes (what Wine calls a Windows of one's own), and programs in them. On a Windows PC
// nothing of this is asked.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, exitCodeOf, Refusal, say } from './common.mjs';
import { ensureSystemPackages } from './system.mjs';

const makingLimitMs = 180_000;

/** What a program in this prefix is started with; `extra` comes on top. */
export const inPrefix = (prefix, extra = {}) => ({
  ...process.env,
  WINEPREFIX: prefix,
  WINEARCH: 'win64',
  WINEDEBUG: '-all',
  // Neither a menu of the desktop's, nor .NET, nor a browser: nothing of ours asks for them.
  WINEDLLOVERRIDES: 'winemenubuilder.exe=d;mscoree=d;mshtml=d',
  // What is meant for this machine's own programs.
  NODE_OPTIONS: undefined,
  TMPDIR: undefined,
  ...extra,
});

const wineVersion = () => {
  const { stdout, error } = spawnSync('wine', ['--version'], { encoding: 'utf8' });
  return error ? null : stdout.trim().replace(/[^\w.-]+/g, '_');
};

/** Installs Wine where it is missing, as root on Debian; elsewhere it is named with the way to it. */
export function ensureWine() {
  if (wineVersion() === null) ensureSystemPackages(['windows']);
  if (wineVersion() === null) throw new Refusal('Wine is needed: on Debian, apt-get install wine wine64');
}

/** A new prefix: its files are links to those of one that is made once for each version of Wine, its registry is its own. */
export function makePrefix(folder) {
  const first = join(cache, 'windows', `prefix-${wineVersion()}`);
  if (!existsSync(first)) {
    const partial = `${first}.partial-${process.pid}`;
    mkdirSync(partial, { recursive: true });
    say('making a Windows under Wine');
    const env = inPrefix(partial);
    spawnSync('wineboot', ['-i'], { env, stdio: 'ignore', timeout: makingLimitMs });
    endAllOf(partial);
    if (!existsSync(join(partial, 'system.reg'))) throw new Refusal('wineboot made no prefix');
    if (!existsSync(first)) renameSync(partial, first);
    rmSync(partial, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(first)) {
    const isRegistry = name.endsWith('.reg');
    if (isRegistry) cpSync(join(first, name), join(folder, name));
    else if (spawnSync('cp', ['-al', join(first, name), folder]).status !== 0)
      spawnSync('cp', ['-a', join(first, name), folder]);
  }
}

/** Ends whatever still runs in a prefix. */
export function endAllOf(prefix) {
  spawnSync('wineserver', ['-k'], { env: inPrefix(prefix), stdio: 'ignore', timeout: 20_000 });
  spawnSync('wineserver', ['-w'], { env: inPrefix(prefix), stdio: 'ignore', timeout: 20_000 });
}

/**
 * Runs a Windows program to its end and gives its exit code; at its limit everything in the prefix is ended, and the code
 * is null. What it prints goes into `log`, a file: with a pipe for it Node for Windows does not start under Wine.
 */
export async function runInPrefix(prefix, [program, ...args], { limitMs, env = {}, cwd, log }) {
  const output = openSync(log, 'w');
  const stdio = ['ignore', output, output];
  const child = spawn('wine', [program, ...args], { cwd, stdio, env: inPrefix(prefix, env) });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    endAllOf(prefix);
    child.kill('SIGKILL');
  }, limitMs);
  const [code, signal] = await once(child, 'close');
  clearTimeout(limit);
  closeSync(output);
  return isLate ? null : exitCodeOf(code, signal);
}
