import type { Writable } from 'node:stream';

/** The stream's own words are the last ones: what was written before them has gone. */
const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    // Nobody reads any more: there is nobody to wait for either.
    stream.once('error', () => resolve());
    // With all three: Electron's own on Windows takes the second for the encoding, whatever it is.
    stream.write('', 'utf8', () => resolve());
  });

/** Resolves once all that a command has printed is with whoever reads it: the end of the process takes the rest away. */
export const allSaid = async (
  streams: readonly Writable[] = [process.stdout, process.stderr],
): Promise<void> => void (await Promise.all(streams.map(drained)));
