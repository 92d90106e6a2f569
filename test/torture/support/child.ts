/** A process with a till in it, and every line that it has told. */
export interface Child {
  readonly lines: readonly string[];
  /** Resolves with the first line that `matches`, told already or not; null if the child ended without. */
  line(matches: (line: string) => boolean): Promise<string | null>;
  signal(name: NodeJS.Signals): void;
  /** Resolves when all that it told has been read. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The lines of one child as they come in, and who waits for them. */
export function createHeard() {
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let isOver = false;
  const tellAll = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    lines,
    hear: (line: string) => {
      lines.push(line);
      tellAll();
    },
    end: () => {
      isOver = true;
      tellAll();
    },
    line: (matches: (line: string) => boolean) =>
      new Promise<string | null>((resolve) => {
        const check = () => {
          const found = lines.find(matches);
          if (found === undefined && !isOver) return;
          listeners.delete(check);
          resolve(found ?? null);
        };
        listeners.add(check);
        check();
      }),
  };
}
