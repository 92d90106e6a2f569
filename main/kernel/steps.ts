/** Work that yields where others may run, and returns its result. */
export type Steps<T> = Generator<undefined, T>;

/** Runs it, with `pause` at each yield; rejects where `pause` does. */
export async function inSteps<T>(steps: Steps<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}
