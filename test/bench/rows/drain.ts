import { type Drained, drainBare, drainOurs, startHost } from '../drained.ts';
import { atLeast, atMost, type Figure } from '../figure.ts';
import { type Bench, type Row, sizeText } from '../row.ts';
import { median } from '../statistics.ts';

interface Queue {
  readonly waiting: number;
  readonly sent: number;
  readonly delayMs: number;
}

const queues = (quick: boolean): readonly Queue[] =>
  quick
    ? [
        { waiting: 150, sent: 150, delayMs: 0 },
        { waiting: 1_500, sent: 150, delayMs: 0 },
      ]
    : [
        { waiting: 2_000, sent: 2_000, delayMs: 0 },
        { waiting: 10_000, sent: 2_000, delayMs: 0 },
        { waiting: 1_000, sent: 1_000, delayMs: 20 },
      ];

async function measure(bench: Bench, queue: Queue): Promise<readonly Figure[]> {
  const { waiting, sent, delayMs } = queue;
  const [ours, bare]: [Drained[], Drained[]] = [[], []];
  const host = await startHost(delayMs);
  for (let round = 0; round < (bench.quick ? 3 : 5); round += 1) {
    ours.push(await drainOurs(bench, host, queue));
    bare.push(await drainBare(bench, host, sent));
  }
  await host.close();
  const rateOf = (all: readonly Drained[]) => median(all.map(({ rate }) => rate));
  const longestOf = (all: readonly Drained[]) => median(all.map(({ longestMs }) => longestMs));
  const most = delayMs === 0 ? Number.POSITIVE_INFINITY : 1_000 / delayMs;
  const what =
    sent === waiting ? `${sizeText(sent)} waiting` : `${sizeText(sent)} of ${sizeText(waiting)} waiting`;
  const name = `sending ${what}, ${delayMs} ms away`;
  return [
    {
      ...{ name, unit: 'a second', ours: rateOf(ours), against: Math.min(rateOf(bare), most) },
      ...{
        beside: 'a bare loop, as durable',
        goal: atLeast(delayMs === 0 ? 0.38 : 0.85),
        bound: atLeast(0.04),
      },
    },
    {
      ...{ name: `longest hold of main, ${what}, ${delayMs} ms away`, unit: 'ms', ours: longestOf(ours) },
      ...{ against: 16, beside: `limit (bare loop: ${longestOf(bare).toFixed(0)} ms)`, goal: atMost(1) },
      bound: null,
    },
  ];
}

/** A queue that waited while KYBIO was away. */
export const drainRow: Row = {
  name: 'drain',
  measure: async (bench) => {
    const figures: Figure[] = [];
    for (const queue of queues(bench.quick)) figures.push(...(await measure(bench, queue)));
    return figures;
  },
};
