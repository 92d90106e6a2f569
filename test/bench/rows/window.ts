import { setTimeout as delay } from 'node:timers/promises';
import { atMost, type Figure } from '../figure.ts';
import { type Bench, type Row, sizeText } from '../row.ts';
import { median } from '../statistics.ts';
import { startWindow } from '../windows.ts';

/** What a program does right after its start is done by then. */
const SETTLED_MS = 4_000;

interface Started {
  readonly usableMs: number;
  readonly memoryMb: number | null;
}

async function start(kind: 'till' | 'empty', folder: string): Promise<Started> {
  const window = await startWindow(kind, folder);
  await delay(SETTLED_MS);
  const memoryMb = window.memoryMb();
  await window.close();
  return { usableMs: window.usableMs, memoryMb };
}

async function measure(bench: Bench, entries: number | null): Promise<readonly Figure[]> {
  const folder = entries === null ? bench.scratch() : await bench.filled(entries);
  const empty = bench.scratch();
  const [ours, against]: [Started[], Started[]] = [[], []];
  // The first start of each makes what the others find.
  await start('till', folder);
  await start('empty', empty);
  for (let round = 0; round < 5; round += 1) {
    ours.push(await start('till', folder));
    against.push(await start('empty', empty));
  }
  const size = entries === null ? 'new' : sizeText(entries);
  const timeOf = (all: readonly Started[]) => median(all.map(({ usableMs }) => usableMs));
  const memoryOf = (all: readonly Started[]) => median(all.map(({ memoryMb }) => memoryMb ?? 0));
  const beside = 'an empty window, as shut in';
  return [
    {
      ...{ name: `start to usable, ${size}`, unit: 'ms', ours: timeOf(ours), against: timeOf(against) },
      ...{ beside, goal: atMost(1.4), bound: null },
    },
    {
      ...{ name: `memory of all processes, ${size}`, unit: 'MB' },
      ...{ ours: memoryOf(ours), against: memoryOf(against), beside, goal: atMost(1.25), bound: null },
    },
  ];
}

/** The program as a person starts it, beside a window with nothing in it on the same runtime. */
export const windowRow: Row = {
  name: 'window',
  inWindow: true,
  measure: async (bench) => {
    const figures: Figure[] = [];
    for (const entries of [null, ...bench.sizes]) figures.push(...(await measure(bench, entries)));
    return figures;
  },
};
