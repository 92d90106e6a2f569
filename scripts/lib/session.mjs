import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { exitCodeOf, Refusal } from './common.mjs';

const startLimitMs = 20_000;
const stopLimitMs = 3_000;
const parentCheckMs = 500;

/** A daemon in a process group of its own, which dies with us even if we are killed. */
function startDaemon(command, args, options) {
  const { input, ...rest } = options;
  const daemon = spawn('setpriv', ['--pdeathsig', 'TERM', command, ...args], { detached: true, ...rest });
  daemon.once('error', () => {});
  daemon.stdin?.end(input);
  return daemon;
}

async function stopDaemon(daemon) {
  if (daemon.pid === undefined) return;
  const ended = daemon.exitCode !== null || daemon.signalCode !== null ? null : once(daemon, 'exit');
  signalGroup(daemon.pid, 'SIGTERM');
  if (ended) await Promise.race([ended, delay(stopLimitMs, undefined, { ref: false })]);
  signalGroup(daemon.pid, 'SIGKILL');
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

/** The first line a daemon writes, which is how each of ours says that it is ready. */
async function firstLine(daemon, stream, name) {
  let text = '';
  const read = async () => {
    for await (const chunk of stream) {
      text += chunk;
      if (text.includes('\n')) return text.slice(0, text.indexOf('\n'));
    }
    return null;
  };
  const line = await Promise.race([
    read(),
    once(daemon, 'error').then(() => null),
    delay(startLimitMs, null, { ref: false }),
  ]);
  if (!line) throw new Refusal(`${name} does not start`);
  return line;
}

async function startDisplay(daemons) {
  const args = ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
  const xvfb = startDaemon('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  daemons.push(xvfb);
  return `:${await firstLine(xvfb, xvfb.stdio[3], 'Xvfb')}`;
}

function ownsSecrets(env) {
  const args = ['--session', '--dest=org.freedesktop.DBus', '--print-reply', '/org/freedesktop/DBus'];
  const call = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'];
  const { stdout } = spawnSync('dbus-send', [...args, ...call], { env, encoding: 'utf8', timeout: 5_000 });
  return (stdout ?? '').includes('boolean true');
}

/** Whether the session bus of this environment has a keyring on it. */
export function hasKeyring() {
  return Boolean(process.env['DBUS_SESSION_BUS_ADDRESS']) && ownsSecrets(process.env);
}

function homeEnvironment(home) {
  const folders = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  chmodSync(folders.XDG_RUNTIME_DIR, 0o700);
  return folders;
}

async function startKeyring(daemons, home) {
  const env = { ...process.env, ...homeEnvironment(home) };
  const bus = startDaemon('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3'], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  daemons.push(bus);
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, bus.stdio[3], 'dbus-daemon');
  const keyring = startDaemon('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env,
    input: 'x',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemons.push(keyring);
  for (let waitedMs = 0; !ownsSecrets(env); waitedMs += 50) {
    if (waitedMs > startLimitMs || keyring.exitCode !== null)
      throw new Refusal('gnome-keyring-daemon does not start');
    await delay(50);
  }
  return { DBUS_SESSION_BUS_ADDRESS: env.DBUS_SESSION_BUS_ADDRESS };
}

/** What must still be found although HOME and the runtime folder are others. */
function keptEnvironment() {
  const { WAYLAND_DISPLAY: wayland, XDG_RUNTIME_DIR: runtime, XAUTHORITY: authority } = process.env;
  const defaultAuthority = join(homedir(), '.Xauthority');
  return {
    npm_config_cache: process.env['npm_config_cache'] ?? join(homedir(), '.npm'),
    ...(wayland && runtime && !isAbsolute(wayland) ? { WAYLAND_DISPLAY: join(runtime, wayland) } : {}),
    ...(!authority && existsSync(defaultAuthority) ? { XAUTHORITY: defaultAuthority } : {}),
  };
}

/**
 * Gives `work(env)` what is asked for and takes everything down again after it.
 * display: an Xvfb of its own. keyring: a throw-away one on a bus of its own. home: also a
 * throw-away HOME for the work itself. `env` is the whole environment to run it with.
 */
export async function withSession({ display, keyring, home }, work) {
  const scratch = mkdtempSync(join(tmpdir(), 'counterfoil-session-'));
  const daemons = [];
  try {
    const env = { ...process.env };
    if (home) Object.assign(env, keptEnvironment(), homeEnvironment(scratch));
    if (display) Object.assign(env, { DISPLAY: await startDisplay(daemons), COUNTERFOIL_XVFB: '1' });
    if (keyring) {
      Object.assign(env, await startKeyring(daemons, scratch), {
        COUNTERFOIL_SESSION: '1',
        NO_AT_BRIDGE: '1',
      });
      delete env['XDG_CURRENT_DESKTOP'];
    }
    return await work(env);
  } finally {
    for (const daemon of daemons.reverse()) await stopDaemon(daemon);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a command in the foreground, passes our signals on, and gives its exit code. */
export async function runForeground(command, args, env) {
  const child = spawn(command, args, { env, stdio: 'inherit', shell: process.platform === 'win32' });
  const forward = (signal) => {
    // A terminal's Ctrl-C reaches the whole group; a second one would mean "now, at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  // npm's shell dies of a signal without passing it on: its end is the only sign that reaches us.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), parentCheckMs);
  try {
    const [code, signal] = await once(child, 'exit');
    return exitCodeOf(code, signal);
  } catch (error) {
    throw new Refusal(`${command} cannot be run: ${error.message}`);
  } finally {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, forward);
  }
}
