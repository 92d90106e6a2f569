import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// Inside the project, so that it does not depend on HOME, which a session replaces, and goes with it.
export const cache = join(root, 'node_modules', '.cache', 'counterfoil');

/** Standard output belongs to whoever calls: everything we tell goes to standard error. */
export function say(message) {
  process.stderr.write(`counterfoil: ${message}\n`);
}

export class Refusal extends Error {}

/** Runs `main` and turns a `Refusal` into its words and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

/** Runs a command to its end with its output on our standard error; true if it exited with 0. */
export function ran(command, args, options = {}) {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options }).status === 0;
}

/** The exit code a shell would give a child that ended so. */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}
