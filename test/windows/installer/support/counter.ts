// A counter with a till of stand-ins, and what must be there after whatever is done to it.
import { createHash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type Asked, type Box, openBox, type Running } from './box.ts';
import { made, setUpOf, type TillVersion, tools } from './build.ts';
import type { Screen } from './screen.ts';

const local = join('users', userInfo().username, 'AppData', 'Local');
const windowsRoot = `C:\\${local.replaceAll('/', '\\')}\\Programs\\counterfoil`;

/** What files in C:\control tell the stand-ins. */
export type Control = 'unsent' | 'busy' | 'prove-refuses' | 'prove-hangs';

const timeouts = { timeout: 30_000, interval: 20 };
const setUpPrograms = /launcher\.new\.exe|uninstall\.exe|--launcher|Un\.exe|Un_.\.exe|\d\.\d\.\d\.exe/;
const tillPrograms = /(app-[\d.]+|counterfoil)\\Counterfoil\.exe/;

/** Hash by path of all that lies in a folder. */
function contentOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const sum = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(
    paths
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path, sum(path)]),
  );
}

export class Counter {
  readonly box: Box;
  readonly root: string;
  /** Where updates are fetched to. */
  readonly updater: string;
  readonly #data: string;
  readonly #dataBefore: Readonly<Record<string, string>>;

  constructor(screen?: Screen) {
    this.box = openBox(tools, screen?.env);
    this.root = this.box.path(local, 'Programs', 'counterfoil');
    this.updater = this.box.path(local, 'counterfoil-updater');
    this.#data = this.box.path(local, 'Counterfoil');
    mkdirSync(join(this.#data, 'heads'), { recursive: true });
    writeFileSync(join(this.#data, 'counterfoil.db'), randomUUID());
    writeFileSync(join(this.#data, 'heads', 'live.json'), randomUUID());
    this.#dataBefore = contentOf(this.#data);
  }

  readonly startSetUp = (version: TillVersion, flags: readonly string[] = ['/S'], asked?: Asked): Running =>
    this.box.start(setUpOf(version), flags, asked);

  readonly setUp = (version: TillVersion, flags?: readonly string[], asked?: Asked) =>
    this.startSetUp(version, flags, asked).ended;

  readonly launcher = (args: readonly string[] = [], asked?: Asked) => this.startLauncher(args, asked).ended;

  readonly startLauncher = (args: readonly string[] = [], asked?: Asked): Running =>
    this.box.start(`${windowsRoot}\\Counterfoil.exe`, args, asked);

  /** Holds a file of the root as soon as it is there. */
  readonly hold = (path: string, ms: number): Running => {
    rmSync(this.box.path('held'), { force: true });
    return this.box.start('C:\\hold.exe', [`${windowsRoot}\\${path}`, String(ms)], { limitMs: ms + 60_000 });
  };

  readonly untilHeld = () => vi.waitFor(() => expect(existsSync(this.box.path('held'))).toBe(true), timeouts);

  /** A root as set-ups of these versions, one after the other, have left it; made once. */
  async give(...versions: readonly TillVersion[]): Promise<void> {
    const kept = join(this.box.prefix, `kept-${versions.join('-')}`);
    this.clear();
    if (existsSync(kept)) cpSync(kept, this.root, { recursive: true });
    else {
      for (const version of versions) expect(await this.setUp(version)).toBe(0);
      cpSync(this.root, kept, { recursive: true });
    }
    rmSync(this.box.path('till.log'), { force: true });
  }

  async giveRunning(version: TillVersion): Promise<void> {
    await this.give(version);
    await this.launcher();
    await this.untilRunning(version);
  }

  readonly set = (control: Control) => writeFileSync(this.box.path('control', control), '');

  /** Gives a file of the root another content, or takes it away. */
  readonly break = (path: string, content: string | null) => {
    const file = join(this.root, path);
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
  };

  /** Nothing runs and nothing is installed, but what Windows was told stays. */
  clear(): void {
    this.endAll();
    rmSync(this.root, { recursive: true, force: true });
    for (const name of readdirSync(this.box.path('control'))) rmSync(this.box.path('control', name));
    for (const name of ['till.log', 'stopped', 'held', 'pressed'])
      rmSync(this.box.path(name), { force: true });
  }

  /** As a power cut does. */
  readonly endAll = () => {
    this.box.kill(setUpPrograms);
    this.box.kill(tillPrograms);
    this.box.kill(/hold\.exe/);
  };
  readonly killSetUp = () => this.box.kill(setUpPrograms);
  readonly runsSetUp = () => this.box.isRunning(setUpPrograms);

  readonly log = (): readonly (readonly string[])[] => {
    const file = this.box.path('till.log');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '));
  };
  readonly did = (what: string, version: TillVersion) =>
    this.log().some(([did, of]) => did === what && of === version);

  readonly untilDid = (what: string, version: TillVersion) =>
    vi.waitFor(() => expect(this.did(what, version)).toBe(true), timeouts);

  /** The version that runs, by the last start that did not end. */
  readonly running = (): string | null => {
    const last = this.log().findLast(([what]) => what === 'start' || what === 'end');
    return last?.[0] === 'start' && this.box.isRunning(tillPrograms) ? (last[1] ?? null) : null;
  };

  readonly untilRunning = (version: TillVersion) =>
    vi.waitFor(() => expect(this.running()).toBe(version), timeouts);

  readonly untilStopped = () =>
    vi.waitFor(() => expect(existsSync(this.box.path('stopped'))).toBe(true), timeouts);

  /** How long nothing ran between an end and the next start; null where nothing ended, or nothing started. */
  readonly gapMs = (): number | null => {
    const log = this.log();
    const end = log.findLastIndex(([what]) => what === 'end');
    const next = log.slice(end).find(([what]) => what === 'start');
    return end < 0 || next === undefined ? null : Number(next[2]) - Number(log[end]?.[2]);
  };

  /** Where a set-up has answered before it was through. */
  readonly untilGone = () =>
    vi.waitFor(() => expect([existsSync(this.root), this.runsSetUp()]).toEqual([false, false]), timeouts);

  readonly names = () => (existsSync(this.root) ? readdirSync(this.root).sort() : []);
  readonly current = () => readFileSync(join(this.root, 'current'), 'utf8').trim();

  readonly isDataAsBefore = () => JSON.stringify(contentOf(this.#data)) === JSON.stringify(this.#dataBefore);

  /**
   * What must be there after everything: the data as it was, no set-up that still runs or waits in a box, and one whole
   * program, which the next start by the launcher really starts. Ends all that runs.
   *
   * @param what the scenario, for the list of what was seen
   */
  readonly expectTill = (what: string, expected: TillVersion) => this.expectWhole(what, [expected]);

  async expectWhole(what: string, expected: readonly TillVersion[]): Promise<void> {
    const gap = this.gapMs();
    const ranOn = this.running();
    // A step that a set-up had just begun when it was ended goes on to its own end.
    await vi.waitFor(() => expect(this.runsSetUp()).toBe(false), timeouts);
    this.endAll();
    for (const name of readdirSync(this.box.path('control'))) rmSync(this.box.path('control', name));
    rmSync(this.box.path('till.log'), { force: true });
    this.startLauncher();
    await vi.waitFor(() => expect(expected).toContain(this.running()), timeouts);
    const starts = this.running();
    expect(this.isDataAsBefore()).toBe(true);
    this.endAll();
    const row = [what, `ran ${ranOn ?? 'nothing'}`, `starts ${starts}`, gap === null ? '' : `gap ${gap} ms`];
    appendFileSync(join(made, 'seen.tsv'), `${row.join('\t')}\n`);
  }

  readonly close = () => {
    this.endAll();
    this.box.close();
  };
}
