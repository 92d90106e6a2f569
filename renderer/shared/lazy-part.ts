/** Retry interval of a failed load. */
const AGAIN_MS = 1_000;

export interface LazyPart<T> {
  /** Null until loaded. Not React's `use`: hooks after it would be skipped, and a replay of React would miss them. */
  readonly now: () => T | null;
  /** Starts loading, once for all callers. */
  readonly load: () => Promise<T>;
}

/** A lazily loaded part of the page. If it fails, only its users wait. */
export function createLazyPart<T>(
  load: () => Promise<T>,
  after: (delayMs: number, action: () => void) => void = (delayMs, action) =>
    void setTimeout(action, delayMs),
): LazyPart<T> {
  let here: T | null = null;
  let coming: Promise<T> | null = null;
  const untilHere = async (): Promise<T> => {
    for (;;) {
      try {
        here = await load();
        return here;
      } catch {
        await new Promise<void>((resolve) => after(AGAIN_MS, resolve));
      }
    }
  };
  return {
    now: () => here,
    load: () => {
      coming ??= untilHere();
      return coming;
    },
  };
}
