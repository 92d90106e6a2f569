import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Violation } from './checks.ts';
import { makeTemplate } from './data-folder.ts';
import { installDisk, ProcessDeath } from './disk.ts';
import { addFigures, type Figures, noFigures } from './figures.ts';
import { loadMain, type MainParts } from './main-parts.ts';
import { type RunResult, runScenario } from './run.ts';
import { drawScenario, type ProfileName, type Scenario } from './scenario.ts';

/** What a worker is asked: seeds `firstSeed`, `firstSeed + step`, … until it has made enough increments. */
export interface Task {
  readonly root: string;
  readonly firstSeed: number;
  readonly step: number;
  readonly increments: number;
  readonly profile?: ProfileName;
  /** Only the seeds that draw this profile, up to the last. */
  readonly drawn?: ProfileName;
  readonly lastSeed?: number;
  /** Ends at the first failing seed. */
  readonly stopAtFailure?: boolean;
  /** Ends after this many runs, whatever it has made. */
  readonly mostRuns?: number;
  /** What an interrupted run had done before `firstSeed`. */
  readonly before?: Report;
}

export interface Failure {
  readonly seed: number;
  readonly profile: ProfileName;
  readonly violations: readonly Violation[];
}

export interface Report {
  readonly figures: Figures;
  readonly failures: readonly Failure[];
  readonly faultKinds: Readonly<Record<string, number>>;
}

/** A folder in memory where there is one: what is real of the disk is tested elsewhere, here it must be quick. */
export function quickFolder(): string {
  const memory = '/dev/shm';
  return mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'counterfoil-simulation-'));
}

/** Runs of one process; `main/` is loaded once. */
export interface Bench {
  /** What a run leaves lies in `run` below it, until the next. */
  readonly folder: string;
  run(scenario: Scenario, change?: Changes): Promise<RunResult>;
  close(): void;
}

export interface Changes {
  readonly keep?: ReadonlySet<number>;
  readonly withoutKinds?: ReadonlySet<string>;
  readonly log?: (line: string) => void;
}

/** What a process that has died leaves behind may still fail; anything else is a fault of `main/`. */
const isAfterlife = (thrown: unknown): boolean =>
  thrown instanceof ProcessDeath ||
  (thrown instanceof TypeError && thrown.message === 'The database connection is not open');

export async function openBench(root: string): Promise<Bench> {
  const main: MainParts = await loadMain(root);
  const folder = quickFolder();
  installDisk();
  const template = makeTemplate(main, join(folder, 'template'));
  const strays: string[] = [];
  const onStray = (thrown: unknown) => {
    if (!isAfterlife(thrown)) strays.push(thrown instanceof Error ? (thrown.stack ?? '') : String(thrown));
  };
  process.on('unhandledRejection', onStray);
  process.on('uncaughtException', onStray);
  return {
    folder,
    run: async (scenario, change = {}) => {
      const result = await runScenario(scenario, { main, folder, template, ...change });
      const strayed = strays.splice(0).map((words): Violation => ({ what: 'error', words }));
      return { ...result, violations: [...result.violations, ...strayed] };
    },
    close: () => {
      process.off('unhandledRejection', onStray);
      process.off('uncaughtException', onStray);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A worker's run as far as it is, to go on from after an interruption. */
export interface Kept {
  readonly nextSeed: number;
  readonly report: Report;
}

const KEEP_EVERY_RUNS = 200;
/** A `main/` that cannot even start would be tried for ever. */
const MOST_RUNS_OF_NOTHING = 50;

/** The run that a worker has begun, and where it lies: told before, since who hangs tells nothing. */
export interface Running {
  readonly seed: number;
  readonly profile: ProfileName;
  readonly folder: string;
}

/** Works a task off; `tell` hears of every seed that begins or fails and, now and then, how far it is. */
export async function work(
  task: Task,
  tell: (message: { running?: Running; failure?: Failure; done?: number; kept?: Kept }) => void,
): Promise<Report> {
  const bench = await openBench(task.root);
  const figures = noFigures();
  if (task.before !== undefined) addFigures(figures, task.before.figures);
  const failures: Failure[] = [...(task.before?.failures ?? [])];
  const faultKinds: Record<string, number> = { ...task.before?.faultKinds };
  const options = task.profile === undefined ? {} : { profile: task.profile };
  const enough = () =>
    figures.increments >= task.increments ||
    figures.runs >= (task.mostRuns ?? Number.POSITIVE_INFINITY) ||
    (task.stopAtFailure === true && failures.length > 0);
  try {
    const keep = (nextSeed: number) =>
      tell({ kept: { nextSeed, report: { figures, failures, faultKinds } } });
    let seed = task.firstSeed;
    for (; !enough() && seed <= (task.lastSeed ?? Number.MAX_SAFE_INTEGER); seed += task.step) {
      const scenario = drawScenario(seed, options);
      if (task.drawn !== undefined && scenario.profile !== task.drawn) continue;
      tell({ running: { seed, profile: scenario.profile, folder: bench.folder } });
      const result = await bench.run(scenario);
      addFigures(figures, result.figures);
      for (const [kind, count] of result.faultKinds) faultKinds[kind] = (faultKinds[kind] ?? 0) + count;
      if (result.violations.length > 0) {
        const failure = { seed, profile: scenario.profile, violations: result.violations.slice(0, 20) };
        failures.push(failure);
        tell({ failure });
      }
      if (figures.runs >= MOST_RUNS_OF_NOTHING && figures.increments === 0)
        throw new Error(`${figures.runs} seeds made no increment: ${failures[0]?.violations[0]?.words}`);
      if (figures.runs % 20 === 0) tell({ done: figures.increments });
      if (figures.runs % KEEP_EVERY_RUNS === 0) keep(seed + task.step);
    }
    keep(seed);
  } finally {
    bench.close();
  }
  return { figures, failures, faultKinds };
}
