import { open } from 'node:fs/promises';
import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { writeWhole } from '../kernel/atomic-file.ts';

/** Lines that are made and written in one go: a few milliseconds, in which nobody else is heard. */
const STEP = 200;

/** Writes lines into a new file, readable by its owner only, and puts it on the disk. False where it was called off. */
export async function writeLinesInSteps(
  target: string,
  lines: Iterable<string>,
  isCalledOff: () => boolean,
): Promise<boolean> {
  const file = await open(target, 'wx', 0o600);
  try {
    let at = 0;
    let part: string[] = [];
    const flush = async (): Promise<void> => {
      const bytes = Buffer.from(part.join(''), 'utf8');
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
