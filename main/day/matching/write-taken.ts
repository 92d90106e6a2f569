import type { FoundEnd } from '../find/export-service.ts';
import { writeLinesInSteps } from '../lines-file.ts';

interface Taken {
  readonly step: (done: number) => void;
  readonly isCalledOff: () => boolean;
  /** What the file says it holds. */
  readonly entries: number;
}

/** Writes the lines while the till goes on, and tells what became of it. */
export async function writeTaken(
  target: string,
  lines: Iterable<string>,
  { step, isCalledOff, entries }: Taken,
): Promise<FoundEnd> {
  const counted = function* (): Generator<string> {
    let done = 0;
    for (const line of lines) {
      yield line;
      done += 1;
      step(Math.min(done, entries));
    }
  };
  try {
    const isWhole = await writeLinesInSteps(target, counted(), isCalledOff);
    return isWhole ? { end: 'written', entries } : { end: 'called-off' };
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
    return { end: 'failed', of: /^(SQLITE|unknown)/.test(code) ? 'reading' : 'writing', code };
  }
}
