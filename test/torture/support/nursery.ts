import { constants } from 'node:os';
import type { NurseryOrder } from '../nursery-process.ts';
import { childFile, forkFile, shimFile } from './build.ts';
import { type Child, createHeard, type Ended } from './child.ts';
import type { Orders } from './orders.ts';
import { startProgram } from './process.ts';
import { createTillFolder } from './till-folder.ts';

/** Where the shim looks, and the file that steers it. */
export interface Watch {
  readonly folder: string;
  readonly control: string;
}

/** Forks tills from a process that has loaded the program: a hundred lives for the price of one start. */
export interface Nursery {
  /** Resolves once the process is there. */
  fork(life: Orders, watch: Watch | null): Promise<Child>;
  end(): Promise<void>;
}

/** Whole lives, so that opening gets as quick as topping up. */
const WARM_UP_LIVES = 10;
const WARM_UP_TOP_UPS = 6;

/**
 * Only the thread that forks lives on. And each child lives for some milliseconds: it has no use for the
 * optimising compiler, which all of them would start anew, nor for a large heap, which is copied page by page.
 */
const flags = ['--single-threaded', '--no-opt', '--max-semi-space-size=1'];

const signals = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

function endFrom(code: number): Ended {
  if (code < 0) return { code: -1 - code, signal: null };
  return { code: null, signal: (signals.get(code) ?? 'SIGKILL') as NodeJS.Signals };
}

interface Expected {
  readonly heard: ReturnType<typeof createHeard>;
  readonly born: () => void;
  readonly gone: (end: Ended) => void;
}

export async function openNursery(): Promise<Nursery> {
  const children = new Map<number, Expected>();
  let warm: () => void = () => undefined;
  let last = 0;

  const hear = (line: string) => {
    if (line === 'warm') return warm();
    const [, number, kind, rest = ''] = /^(\d+) (-|born|end) ?(.*)$/.exec(line) ?? [];
    const child = children.get(Number(number));
    if (child === undefined) throw new Error(`the nursery says ${line}`);
    if (kind === '-') child.heard.hear(rest);
    if (kind === 'born') child.born();
    if (kind === 'end') child.gone(endFrom(Number(rest)));
  };
  const program = startProgram(
    [...flags, childFile, 'nursery', forkFile],
    { LD_PRELOAD: `${shimFile}:${forkFile}` },
    hear,
  );
  const tell = (order: NurseryOrder) => program.send(JSON.stringify(order));
  const died = program.ended.then((end) => {
    for (const child of children.values()) child.gone({ code: end.code, signal: null });
    throw new Error(`the nursery ended with ${end.code ?? end.signal}`);
  });
  died.catch(() => undefined);

  const till = await createTillFolder();
  for (let life = 0; life < WARM_UP_LIVES; life += 1) {
    const isWarm = new Promise<void>((resolve) => {
      warm = resolve;
    });
    tell({ warmUp: till.orders({ topUps: WARM_UP_TOP_UPS, pauseMs: 0 }) });
    await Promise.race([isWarm, died]);
  }
  await till.remove();

  const expect = (number: number) => {
    const heard = createHeard();
    let gone: Expected['gone'] = () => undefined;
    const ended = new Promise<Ended>((resolve) => {
      gone = (end) => {
        children.delete(number);
        heard.end();
        resolve(end);
      };
    });
    const born = new Promise<void>((resolve) => {
      children.set(number, { heard, born: resolve, gone });
    });
    return { heard, ended, born };
  };

  return {
    fork: async (life, watch) => {
      last += 1;
      const number = last;
      const { heard, ended, born } = expect(number);
      tell({ number, life, watch });
      await Promise.race([born, died]);
      return {
        ...{ lines: heard.lines, line: heard.line, ended },
        // By the parent, which knows whether the number still stands for this child.
        signal: (name) => tell({ number, signal: name }),
      };
    },
    end: async () => {
      program.signal('SIGKILL');
      await program.ended;
    },
  };
}
