import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Refusal, root, say } from './common.mjs';
import { hasDisplay } from './runtime.mjs';
import { runForeground, withSession } from './session.mjs';
import { ensureSystemPackages } from './system.mjs';

export function build() {
  say('building');
  const options = { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' };
  if (spawnSync('electron-vite', ['build', '--logLevel', 'warn'], options).status !== 0) {
    throw new Refusal('the build failed');
  }
}

/** Builds the app and runs a script of ours where its window can open, with `variables` beside the environment. */
export function runBesideBuilt(script, args, variables) {
  build();
  const display = process.platform === 'linux' && !hasDisplay();
  ensureSystemPackages(['libraries', 'fonts', ...(display ? ['display'] : [])]);
  return withSession({ display, keyring: false, home: false }, (env) =>
    runForeground(process.execPath, [join(root, 'scripts', script), ...args], { ...env, ...variables }),
  );
}
