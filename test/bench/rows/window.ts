import { setTimeout as delay } from 'node:timers/promises';
import { atMost, type Figure } from '../figure.ts';
import { type Bench, type Row, sizeText } from '../row.ts';
import { median } from '../statistics.ts';
import { packagedProgram, startWindow } from '../windows.ts';

/** What a program does right after its start is done by then. */
const SETTLED_MS = 4_000;

const beside = 'an empty window, as shut in';

interface Started {
  readonly usableMs: number;
  readonly memoryMb: number | null;
}

async function start(kind: 'till' | 'empty', folder: string, program?: string): Promise<Started> {
  const window = await startWindow(kind, folder, program);
  await delay(SETTLED_MS);
  const memoryMb = window.memoryMb();
  await window.close();
  return { usableMs: window.usableMs, memoryMb };
}

const timeOf = (all: readonly Started[]): number => median(all.map(({ usableMs }) => usableMs));
const memoryOf = (all: readonly Started[]): number => median(all.map(({ memoryMb }) => memoryMb ?? 0));

async function measure(
  bench: Bench,
  entries: number | null,
  packed: string | null,
): Promise<readonly Figure[]> {
  const folder = entries === null ? bench.scratch() : await bench.filled(entries);
  const empty = bench.scratch();
  const [ours, against, packaged]: [Started[], Started[], Started[]] = [[], [], []];
  // The first start of each makes what the others find.
  await start('till', folder);
  await start('empty', empty);
  for (let round = 0; round < 5; round += 1) {
    ours.push(await start('till', folder));
    if (packed !== null) packaged.push(await start('till', folder, packed));
    against.push(await start('empty', empty));
  }
  const size = entries === null ? 'new' : sizeText(entries);
  const figure = (name: string, program: readonly Started[], goal: number): Figure => ({
    ...{ name: `${name}, ${size}`, unit: 'ms', ours: timeOf(program), against: timeOf(against) },
    ...{ beside, goal: atMost(goal), bound: null },
  });
  return [
    figure('start to usable', ours, 1.75),
    ...(packed === null ? [] : [figure('start of the package to usable', packaged, 1.55)]),
    {
      ...{ name: `memory of all processes, ${size}`, unit: 'MB' },
      ...{ ours: memoryOf(ours), against: memoryOf(against), beside, goal: atMost(1.25), bound: null },
    },
  ];
}

/** The program as a person starts it, and its package where there is one, beside a window with nothing in it on the same runtime. */
export const windowRow: Row = {
  name: 'window',
  inWindow: true,
  measure: async (bench) => {
    const packed = packagedProgram();
    const figures: Figure[] = [];
    for (const entries of [null, ...bench.sizes]) figures.push(...(await measure(bench, entries, packed)));
    return figures;
  },
};
