import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

// Any Electron that the scripts find, the official one or the substitute, must give an app the
// same answers: the app's own code does not know which it runs on.
const root = resolve(import.meta.dirname, '../..');
const app = join(import.meta.dirname, 'runtime-app');

interface Launch {
  executable: string;
  args: string[];
  env: Record<string, string>;
}

it('gives an app SQL, workers, HTTP, secrets and its own name', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'electron:where'], { cwd: root });
  expect(stdout.trimEnd()).not.toContain('\n');
  const launch: Launch = JSON.parse(stdout);
  const folder = mkdtempSync(join(tmpdir(), 'runtime-check-'));
  try {
    const args = launch.args.map((arg) => (arg === root ? app : arg));
    expect(args).toContain(app);
    const child = spawn(launch.executable, [...args, `--user-data-dir=${folder}`, '--hello=you'], {
      env: { ...process.env, ...launch.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    await once(child, 'close');
    const line = /^answer (.*)$/m.exec(output)?.[1];
    expect(line, output).toBeDefined();
    expect(JSON.parse(line ?? '')).toEqual({
      app: ['Runtime Check', '1.2.3', true, false],
      sql: true,
      worker: 21,
      http: 'pong',
      secret: {
        before: 'unknown',
        available: true,
        backend: expect.any(String),
        sealed: true,
        result: 'secret',
      },
      builtin: true,
      hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      resolvers: ['promise', 'reject', 'resolve'],
      traced: 2,
      argument: true,
    });
    if (process.platform === 'linux') expect(line).toContain('"backend":"gnome_libsecret"');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
