import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { projectRoot as root } from '../../../faults/source-index.ts';
import { linkTree } from '../../../support/link-tree.ts';
import { type Launch, launchOnThisMachine } from './app.ts';
import { buildApp, scratch } from './build.ts';
import type { Undone } from './doors.ts';

const cache = join(root, 'node_modules', '.cache', 'counterfoil');

/**
 * The runtime of this machine with the app inside and an executable of its own name, which is what makes
 * Electron say that it is packaged. Not what electron-builder makes: no asar, no fuses.
 */
export function packaged(
  launch: Launch,
  app: string,
  productName: string,
): Launch & { readonly folder: string } {
  mkdirSync(cache, { recursive: true });
  const folder = scratch('packaged', cache);
  const executable = join(folder, 'counterfoil');
  linkTree(
    dirname(launch.executable),
    folder,
    new Set([basename(launch.executable), 'app', 'default_app.asar']),
  );
  linkSync(launch.executable, executable);
  symlinkSync(app, join(folder, 'resources', 'app'));
  const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as Record<string, unknown>;
  const substitute = { main: 'scripts/substitute/loader.cjs', substituteFor: 'held.cjs' };
  const main = launch.kind === 'substitute' ? substitute : {};
  writeFileSync(join(app, 'package.json'), JSON.stringify({ ...manifest, ...main, productName }));
  cpSync(join(root, 'scripts', 'substitute'), join(app, 'scripts', 'substitute'), { recursive: true });
  return { ...launch, folder, executable, args: launch.args.filter((argument) => argument !== app) };
}

export interface Started {
  readonly process: ChildProcess;
  /** Null where it was still running when `enough` was said, and was killed then. */
  readonly code: number | null;
  readonly said: string;
  /** What came out of the debugging pipe. */
  readonly piped: string;
}

/** Starts a packaged build and watches until it ends, or says what `enough` waits for. */
export async function start(
  options: {
    readonly undone?: readonly Undone[];
    readonly name?: string;
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
  enough: (said: string, piped: string, data: string) => boolean,
): Promise<Started> {
  const app = await buildApp(options.undone ?? []);
  const build = packaged(await launchOnThisMachine(app), app, options.name ?? 'Counterfoil');
  const data = scratch('data');
  writeFileSync(join(data, 'mode.json'), '{"mode":"practice"}');
  const args = [...build.args, `--user-data-dir=${data}`, '--not-held', ...(options.args ?? [])];
  const child = spawn(build.executable, args, {
    env: { ...process.env, ...build.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  let [said, piped] = ['', ''];
  const [, stdout, stderr, toPipe, fromPipe] = child.stdio;
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
  fromPipe?.on('data', (chunk) => (piped += String(chunk)));
  for (const stream of [toPipe, fromPipe]) stream?.on('error', () => undefined);
  if (toPipe !== null && toPipe !== undefined && 'write' in toPipe) {
    toPipe.write('{"id":1,"method":"Browser.getVersion"}\0');
  }
  let killed = false;
  const watch = setInterval(() => {
    if (!enough(said, piped, data)) return;
    killed = true;
    child.kill('SIGKILL');
  }, 20);
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  clearTimeout(limit);
  for (const folder of [build.folder, app, data])
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  return { process: child, code: killed ? null : code, said, piped };
}
