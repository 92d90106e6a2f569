import { isThorough } from './checks.ts';
import type { Hunt, Mutant } from './mutants.ts';
import { type ForkedBench, forkBench } from './mutants-bench.ts';
import { rootWith } from './mutants-copy.ts';
import { drawScenario } from './scenario.ts';

/** The first seed is known to do; so many runs are made where the simulator has changed since. */
const MOST_RUNS = 150;

function suits(seed: number, { profile, crowd, happening, thorough }: Hunt): boolean {
  if (thorough === true && !isThorough(seed)) return false;
  const scenario = drawScenario(seed, { profile });
  return (
    (crowd === undefined || scenario.crowd === crowd) &&
    (happening === undefined || scenario.events.some(({ kind }) => kind === happening))
  );
}

export interface Catch {
  readonly seed: number;
  /** What breaks, as `npm run -s simulate` tells it. */
  readonly words: readonly string[];
  /** A command that shows it again. */
  readonly replay: string;
  /** Every seed that was run, the last of which found it. */
  readonly seeds: readonly number[];
}

/** A seed of a hunt is sound without what is a figure elsewhere: it shows what was left out. */
const foundIn = async (bench: ForkedBench, seed: number, { profile }: Hunt) => {
  const { violations, counted } = await bench.run({ seed, profile });
  return [...violations, ...counted];
};

/** Runs the mutant until something breaks as it should; null where nothing did. */
export async function hunt({ name, hunt: where, breaks }: Mutant): Promise<Catch | null> {
  const bench = await forkBench(rootWith(name));
  try {
    const seeds: number[] = [];
    for (let seed = where.firstSeed; seeds.length < MOST_RUNS; seed += 1) {
      if (!suits(seed, where)) continue;
      seeds.push(seed);
      const violations = await foundIn(bench, seed, where);
      if (!violations.some(({ what }) => breaks.includes(what))) continue;
      const words = violations.map((violation) => `${violation.what}: ${violation.words}`);
      const replay = `npm run -s simulate -- --seed=${seed} --mutant=${name} --profile=${where.profile}`;
      return { seed, words, replay, seeds };
    }
    return null;
  } finally {
    await bench.close();
  }
}

/** The same seeds on `main/` as it is: which of them break anything. */
export async function brokenOn(
  sound: ForkedBench,
  { seeds }: Catch,
  where: Hunt,
): Promise<readonly number[]> {
  const broken: number[] = [];
  for (const seed of seeds) {
    if ((await foundIn(sound, seed, where)).length > 0) broken.push(seed);
  }
  return broken;
}

export function tellCatch({ name, says }: Mutant, { seeds, words, replay }: Catch): void {
  process.stdout.write(`${name}: ${says}\n  run ${seeds.length}: ${words[0] ?? ''}\n  ${replay}\n`);
}
