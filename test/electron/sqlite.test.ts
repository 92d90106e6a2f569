import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../kit/till.ts';

// The app's SQL is tested under Node. What counts at the counter is the same module inside Electron, and inside the
// substitute runtime a changed copy of it: both must answer as it does here, to the last error code.
const root = resolve(import.meta.dirname, '../..');
const questions = join(import.meta.dirname, 'sqlite-answers', 'main.cjs');
const hook = join(root, 'scripts', 'substitute', 'hook.cjs');

interface Scripts {
  findElectron(): Promise<{ readonly kind: 'official' | 'substitute'; readonly executable: string }>;
}

async function answersOf(executable: string, args: readonly string[]): Promise<unknown> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const words = [...args, questions, temporaryFolder()];
  const { stdout } = await promisify(execFile)(executable, words, { env, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}

it("better-sqlite3 answers in Electron's Node as in this one", async () => {
  const scripts = (await import(pathToFileURL(join(root, 'scripts/lib/runtime.mjs')).href)) as Scripts;
  const { kind, executable } = await scripts.findElectron();
  const here = await answersOf(process.execPath, []);
  expect(here).toMatchObject({
    connections: {
      locks: { integrity: 'ok' },
      transactions: { names: ['kept', 'deferred', 'immediate', 'exclusive'] },
    },
    functions: { scalars: { exact: '9007199254740993n' } },
    lifetimes: {
      closed: true,
      workers: { kept: [{ a: 'kept', n: 1 }], integrity: [{ integrity_check: 'ok' }] },
    },
  });
  expect(await answersOf(executable, kind === 'substitute' ? ['--require', hook] : [])).toEqual(here);
});
