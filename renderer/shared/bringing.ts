/** What failed to come is asked for again this soon. */
const AGAIN_MS = 1_000;

export interface Bringing<T> {
  /** Null until it is here. No hook stands after a `use` that this lets be passed by: a replay of React would miss it. */
  readonly now: () => T | null;
  /** Asks for it, once for all who do. */
  readonly bring: () => Promise<T>;
}

/** A file of the page that comes when it is needed. Where it does not, whoever needs it waits, and all else goes on. */
export function createBringing<T>(
  load: () => Promise<T>,
  after: (delayMs: number, action: () => void) => void = (delayMs, action) =>
    void setTimeout(action, delayMs),
): Bringing<T> {
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
    bring: () => {
      coming ??= untilHere();
      return coming;
    },
  };
}
