import { open } from 'node:fs/promises';
import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { writeWhole } from '../../kernel/atomic-file.ts';
import type { FoundEnd } from '../find/export-service.ts';

interface Taken {
  readonly step: (done: number) => void;
  readonly isCalledOff: () => boolean;
  /** What the file says it holds. */
  readonly entries: number;
}

/** Writes the lines while the till goes on, and tells what became of it. */
export async function writeTaken(
  target: string,
  lines: Iterable<string | Uint8Array>,
  { step, isCalledOff, entries }: Taken,
): Promise<FoundEnd> {
  const counted = function* (): Generator<string | Uint8Array> {
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

/** Lines that are made and written in one go: a few milliseconds, in which nobody else is heard. */
const STEP = 200;

/** Writes lines into a new file, readable by its owner only, and puts it on the disk. False where it was called off. */
async function writeLinesInSteps(
  target: string,
  lines: Iterable<string | Uint8Array>,
  isCalledOff: () => boolean,
): Promise<boolean> {
  const file = await open(target, 'wx', 0o600);
  try {
    let at = 0;
    let part: (string | Uint8Array)[] = [];
    const flush = async (): Promise<void> => {
      const bytes = Buffer.concat(part.map((one) => Buffer.from(one as string)));
      part = [];
      await writeWhole(file, bytes, at);
      at += bytes.length;
    };
    for (const line of lines) {
      part.push(line);
      if (part.length < STEP) continue;
      await flush();
      await untilOthersRan();
      if (isCalledOff()) return false;
    }
    await flush();
    await file.sync();
    return !isCalledOff();
  } finally {
    await file.close();
  }
}
