import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** As libuv opens without sharing: no other program gets at the file then, for reading, writing or removing. */
const program = `
const fs = require('node:fs');
const held = fs.openSync(process.argv[1], 0x10000000 | fs.constants.O_RDWR);
const letGo = () => { fs.closeSync(held); process.stdout.write('free\\n'); process.exit(0); };
process.stdout.write('held\\n');
process.stdin.once('data', (line) => setTimeout(letGo, Number(String(line))));
process.stdin.once('end', letGo);
`;

export interface Holder {
  /** Lets go after so long; resolves when it has. */
  release(afterMs?: number): Promise<void>;
}

/** Another program that has this file open and shares it with nobody, until it is told or the test ends. Windows' Node alone. */
export async function hold(path: string): Promise<Holder> {
  const child: ChildProcess = spawn(process.execPath, ['-e', program, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return {
    release: async (afterMs = 0) => {
      child.stdin?.write(`${afterMs}\n`);
      await ended;
    },
  };
}

/** Who stays for good is met after every bound of the till's own; who passes by is gone well before the shortest. */
export const PASSES_BY_MS = 400;
