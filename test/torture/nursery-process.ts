// A process that has loaded the till and made it quick by living once. It forks for every life that is ordered:
// nothing that it has done by then touches the files of the till that is to be killed.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { live } from './life.ts';
import type { Orders } from './support/orders.ts';

interface Fork {
  fork(): number;
  reap(): number;
  exit(code: number): void;
  watch(folder: string, control: string): void;
}

/** What the nursery is told, as JSON, a line each. */
export type NurseryOrder =
  | { readonly warmUp: Orders }
  | { readonly number: number; readonly signal: NodeJS.Signals }
  | {
      readonly number: number;
      readonly life: Orders;
      readonly watch: { readonly folder: string; readonly control: string } | null;
    };

const say = (line: string) => void writeSync(1, `${line}\n`);

function loadFork(file: string): Fork {
  const loaded: { exports: unknown } = { exports: {} };
  process.dlopen(loaded, file);
  return loaded.exports as Fork;
}

/** The signal's number, or minus one less than the exit code. */
const endOf = (status: number): number => ((status & 0x7f) === 0 ? -1 - (status >> 8) : status & 0x7f);

/**
 * Tells `warm`, `number born` and `number end N`; each child tells its own lines after its number. Small
 * writes to one socket do not mix.
 */
export function keepNursery(forkFile: string): void {
  const { fork, reap, exit, watch } = loadFork(forkFile);
  const numbers = new Map<number, number>();
  const onEnd = () => {
    for (let ended = reap(); ended !== 0; ended = reap()) {
      const pid = Math.floor(ended / 65_536);
      say(`${numbers.get(pid)} end ${endOf(ended % 65_536)}`);
      numbers.delete(pid);
    }
  };
  process.on('SIGCHLD', onEnd);
  const input = createInterface({ input: process.stdin });
  let isChild = false;
  input.on('line', (line) => {
    if (isChild) return;
    const order = JSON.parse(line) as NurseryOrder;
    if ('warmUp' in order) {
      void live(order.warmUp, () => undefined).then(() => {
        flushCompileCache();
        say('warm');
      });
      return;
    }
    if ('signal' in order) {
      for (const [pid, number] of numbers) if (number === order.number) process.kill(pid, order.signal);
      return;
    }
    const pid = fork();
    if (pid > 0) {
      numbers.set(pid, order.number);
      say(`${order.number} born`);
      return;
    }
    isChild = true;
    process.off('SIGCHLD', onEnd);
    input.close();
    process.stdin.destroy();
    if (order.watch !== null) watch(order.watch.folder, order.watch.control);
    live(order.life, (line) => say(`${order.number} - ${line}`)).then(exit, (thrown: unknown) => {
      say(`${order.number} - ! ${String(thrown)}`);
      exit(1);
    });
  });
  input.on('close', () => {
    if (!isChild) process.exit(0);
  });
}
