import { cpSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { acts } from './support/care.ts';
import { judge } from './support/care-judge.ts';
import type { CareOrders, Filled } from './support/care-orders.ts';
import { anyFile, onCut, onWrite, seenBy, steer } from './support/steering.ts';

// Looks after a till's data in a process of its own, whose file operations are steered.

const orders = JSON.parse(process.argv[2] ?? '') as CareOrders;
const { act, scene, template, control } = orders;
const idle = () => steer(control, {});

function reset(): void {
  rmSync(scene.work, { recursive: true, force: true });
  cpSync(template, scene.work, { recursive: true });
}

/** How many operations of this kind it takes where nothing is in its way. */
async function count(operations: number): Promise<number> {
  reset();
  const before = seenBy(control);
  const said = await acts[act](scene, () => steer(control, { operations, files: anyFile }), idle);
  if (said !== 'ok') throw new Error(`${act} says ${said}`);
  return seenBy(control) - before;
}

/**
 * From one of its writes on the disk is full, and it has room again afterwards: for each write, or one of so many. Counted
 * from the last one back, which is what the act is for; what comes first are the entries that it works on.
 */
async function fill(apart: number, entries: Parameters<typeof judge>[2]): Promise<Filled> {
  const operations = onWrite | onCut;
  const steps = await count(operations);
  const said: Record<string, number> = {};
  const problems: string[] = [];
  let fills = 0;
  for (let skip = (steps - 1) % apart; skip < steps; skip += apart) {
    reset();
    const full = { operations, files: anyFile, action: constants.errno.ENOSPC, times: 1_000_000_000 };
    const word = await acts[act](scene, () => steer(control, { ...full, skip, short: skip % 2 }), idle).catch(
      (thrown: unknown) => `throws ${String(thrown)}`,
    );
    idle();
    fills += 1;
    said[word] = (said[word] ?? 0) + 1;
    for (const problem of await judge(scene, act, entries))
      problems.push(`${problem} (full at write ${skip})`);
  }
  return { steps, fills, said, problems };
}

async function run(): Promise<unknown> {
  if (orders.mode === 'count') return count(orders.operations);
  if (orders.mode === 'fill') return fill(orders.apart, orders.entries);
  return acts[act](scene, () => steer(control, orders.steering), idle);
}

void run().then((said) => process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(0)));
