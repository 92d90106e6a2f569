import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { liveFolder } from '../../../main/compose.ts';
import {
  anyFile,
  createControl,
  killAfter,
  killBefore,
  killTorn,
  onCut,
  onSync,
  onWrite,
} from './control.ts';
import { damage, disagreements, keeperOf } from './inspect.ts';
import { type Child, startChild } from './process.ts';
import { createTillFolder, inDatabase, type TillFolder } from './till-folder.ts';

export interface KillFigures {
  cycles: number;
  acknowledged: number;
  applied: number;
  /** The last thing that the process had told when it died. */
  readonly diedAfter: Record<string, number>;
  /** Settled by evidence after a kill left them open. */
  readonly problems: string[];
}

export const noKills = (): KillFigures => ({
  cycles: 0,
  acknowledged: 0,
  applied: 0,
  diedAfter: {},
  problems: [],
});

const CYCLES_A_TILL = 40;
const CYCLES_A_HEALING = 20;

const uniform = (below: number): number => Math.floor(Math.random() * below);
const pick = <T>(from: readonly [T, ...T[]]): T => from[uniform(from.length)] ?? from[0];
const pass = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

const savedTopUps = (child: Child, count: number): Promise<unknown> =>
  child.line(() => child.lines.filter((line) => line.startsWith('S')).length >= count);

/** Kills at a drawn moment: while it loads, opens, starts up, or after the nth top-up and a little. */
async function killSomewhere(child: Child): Promise<void> {
  const after = pick(['', 'locked', 'locked', 'opened', 'started', 'S', 'S', 'S', 'S', 'S', 'S', 'S']);
  if (after === '') await pass(uniform(100));
  else if (after === 'S') await savedTopUps(child, 1 + uniform(10));
  else await child.line((line) => line === after);
  await pass(Math.random() * 8);
  child.signal('SIGKILL');
}

/** Lets it die by its own hand at a drawn file operation: before it, after it, or in the middle of a write. */
function steerToDeath(control: ReturnType<typeof createControl>): void {
  const operations = pick([onWrite | onSync | onCut, onSync, onWrite]);
  const action = pick([killBefore, killAfter, killTorn]);
  control.set({ operations, action, files: anyFile, skip: uniform(120), times: 1 });
}

async function cycle(till: TillFolder, acknowledged: Set<string>, figures: KillFigures): Promise<void> {
  const control = createControl(join(till.folder, 'control'), liveFolder(till.folder));
  const steered = process.platform === 'linux' && Math.random() < 0.3;
  if (steered) steerToDeath(control);
  if (Math.random() < 0.15) {
    const when = pick<'before' | 'after'>(['before', 'after']);
    till.store.addFault({ fault: { kind: 'drop', when }, method: 'updateBalancePointByIncrement', times: 1 });
  }
  const child = startChild(
    till.orders({ topUps: steered ? 40 : 1_000, pauseMs: pick([0, 3, 8]) }),
    steered ? control.env : {},
  );
  if (steered) {
    await savedTopUps(child, 30);
    child.signal('SIGKILL');
  } else await killSomewhere(child);
  const end = await child.ended;
  till.store.clearFaults();
  if (end.signal !== 'SIGKILL') figures.problems.push(`ended by itself: ${child.lines.join(' | ')}`);
  for (const line of child.lines) {
    if (line.startsWith('S ')) acknowledged.add(line.slice(2));
    if (line.startsWith('!') || line.startsWith('E')) figures.problems.push(line);
  }
  const last = (child.lines.filter((line) => !line.startsWith('W')).at(-1) ?? 'nothing').replace(/ .*/, '');
  figures.diedAfter[last] = (figures.diedAfter[last] ?? 0) + 1;
  figures.cycles += 1;
  lookAtCopy(till, acknowledged, figures);
}

/** A copy, so that what recovers the real one is the next process and not this look. */
function lookAtCopy(till: TillFolder, acknowledged: Set<string>, figures: KillFigures): void {
  if (!existsSync(till.database)) return;
  const to = join(till.folder, 'look');
  mkdirSync(to, { recursive: true });
  for (const name of ['counterfoil.db', 'counterfoil.db-wal', 'head-a.json', 'head-b.json']) {
    const from = join(liveFolder(till.folder), name);
    if (existsSync(from)) copyFileSync(from, join(to, name));
  }
  inDatabase(join(to, 'counterfoil.db'), (db) => {
    figures.problems.push(...damage(db, acknowledged, keeperOf(db, to)));
    figures.problems.push(...disagreements(db, till.store.increments()));
  });
  rmSync(to, { recursive: true });
}

/** A process that is left alone settles whatever the kills left open, by evidence; then everything must add up. */
async function heal(till: TillFolder, acknowledged: Set<string>, figures: KillFigures): Promise<void> {
  const child = startChild(till.orders({ mode: 'heal', speed: 300 }));
  const closed = await Promise.race([
    child.line((line) => line === 'closed'),
    pass(60_000).then(() => 'late'),
  ]);
  if (closed !== 'closed') {
    figures.problems.push(`does not settle: ${child.lines.join(' | ')}`);
    child.signal('SIGKILL');
  }
  await child.ended;
  till.nextDay();
  inDatabase(till.database, (db) => {
    figures.problems.push(...damage(db, acknowledged, keeperOf(db, liveFolder(till.folder)), true));
    figures.problems.push(...disagreements(db, till.store.increments()));
  });
}

/** One till after the other, each killed many times, while `goOn`. */
export async function killUntil(goOn: () => boolean, figures: KillFigures): Promise<void> {
  while (goOn() && figures.problems.length === 0) {
    const till = await createTillFolder();
    const acknowledged = new Set<string>();
    try {
      for (let count = 1; count <= CYCLES_A_TILL && goOn(); count += 1) {
        await cycle(till, acknowledged, figures);
        if (count % CYCLES_A_HEALING === 0) await heal(till, acknowledged, figures);
      }
      await heal(till, acknowledged, figures);
      figures.acknowledged += acknowledged.size;
      figures.applied += till.store.increments().length;
    } finally {
      await till.remove();
    }
  }
}
