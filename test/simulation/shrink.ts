import type { RunResult } from './run.ts';
import type { Scenario } from './scenario.ts';
import type { Bench } from './worker.ts';

export interface Shrunk {
  readonly keep: readonly number[];
  readonly withoutKinds: readonly string[];
  readonly result: RunResult;
  readonly tries: number;
}

const MOST_TRIES = 300;

/**
 * Leaves out events, then kinds of fault, as long as the run still breaks the same promise. What is drawn
 * for an entry does not depend on the events around it, so most of a run can go without changing the rest.
 */
export async function shrink(bench: Bench, scenario: Scenario, first: RunResult): Promise<Shrunk> {
  const wanted = new Set(first.violations.map(({ what }) => what));
  let tries = 0;
  let result = first;
  let keep = scenario.events.map(({ index }) => index);
  const withoutKinds = new Set<string>();

  const stillFails = async (events: readonly number[], without: ReadonlySet<string>): Promise<boolean> => {
    tries += 1;
    const tried = await bench.run(scenario, { keep: new Set(events), withoutKinds: without });
    if (!tried.violations.some(({ what }) => wanted.has(what))) return false;
    result = tried;
    return true;
  };

  for (
    let size = Math.ceil(keep.length / 2);
    size >= 1 && tries < MOST_TRIES;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < keep.length && tries < MOST_TRIES; ) {
      const fewer = [...keep.slice(0, at), ...keep.slice(at + size)];
      if (await stillFails(fewer, withoutKinds)) keep = fewer;
      else at += size;
    }
  }
  for (const kind of [...first.faultKinds.keys()]) {
    const without = new Set([...withoutKinds, kind]);
    if (tries < MOST_TRIES && (await stillFails(keep, without))) withoutKinds.add(kind);
  }
  return { keep, withoutKinds: [...withoutKinds], result, tries };
}
