import type { Writable } from 'node:stream';

/** Its callback comes after all earlier writes are flushed. */
const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    // Nobody reads any more.
    stream.once('error', () => resolve());
    // With all three arguments: Electron's stream on Windows takes the second for the encoding.
    stream.write('', 'utf8', () => resolve());
  });

/** Resolves once all output of a command is flushed: the end of the process would drop the rest. */
export const flushOutput = async (
  streams: readonly Writable[] = [process.stdout, process.stderr],
): Promise<void> => void (await Promise.all(streams.map(drained)));
