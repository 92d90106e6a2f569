/** The times of both in milliseconds, in the order in which they were measured. */
export interface Times {
  readonly ours: readonly number[];
  readonly against: readonly number[];
}

type Work = () => unknown;

/** What is awaited is part of it. */
export async function timeOf(work: Work): Promise<number> {
  const beganMs = performance.now();
  const result = work();
  if (result instanceof Promise) await result;
  return performance.now() - beganMs;
}

/**
 * One after the other, round by round, so that a machine that is busy for a while is busy for both. Which goes first
 * changes with each round; `between` puts right what a round has changed, and is not timed.
 */
export async function sideBySide(
  rounds: number,
  ours: Work,
  against: Work,
  { warmUp = 2, between = () => undefined }: { readonly warmUp?: number; readonly between?: Work } = {},
): Promise<Times> {
  const times = { ours: [] as number[], against: [] as number[] };
  for (let round = -warmUp; round < rounds; round += 1) {
    const [one, other] = [
      { work: ours, into: times.ours },
      { work: against, into: times.against },
    ];
    for (const { work, into } of round % 2 === 0 ? [one, other] : [other, one]) {
      const took = await timeOf(work);
      if (round >= 0) into.push(took);
    }
    await between();
  }
  return times;
}

/** So often that a clock can tell, for what takes microseconds. */
export const repeated =
  (times: number, work: Work): Work =>
  () => {
    for (let index = 0; index < times; index += 1) work();
  };
