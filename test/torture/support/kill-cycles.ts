import { join } from 'node:path';
import Database from 'better-sqlite3';
import { liveFolder } from '../../../main/kernel/folders.ts';
import type { Child } from './child.ts';
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
import { damage, disagreements, entriesOf, integrity, keeperOf, lost } from './inspect.ts';
import type { Nursery } from './nursery.ts';
import type { Orders } from './orders.ts';
import { startChild } from './process.ts';
import { createTillFolder, inDatabase, type TillFolder } from './till-folder.ts';

export interface KillFigures {
  cycles: number;
  /** How many of the killed had been started from their first instruction; the others were forked. */
  started: number;
  acknowledged: number;
  applied: number;
  /** The last thing that the process had told when it died. */
  readonly diedAfter: Record<string, number>;
  readonly problems: string[];
}

export const noKills = (): KillFigures => ({
  cycles: 0,
  started: 0,
  acknowledged: 0,
  applied: 0,
  diedAfter: {},
  problems: [],
});

const CYCLES_A_TILL = 16;
/** One of so many processes is started from nothing, which costs as much as all the others. */
const STARTED_ONE_IN = 80;
/** A process that says nothing for so long never will. */
const LONGEST_LIFE_MS = 60_000;

const uniform = (below: number): number => Math.floor(Math.random() * below);
const pick = <T>(from: readonly [T, ...T[]]): T => from[uniform(from.length)] ?? from[0];
const pass = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

const savedTopUps = (child: Child, count: number): Promise<unknown> =>
  child.line(() => child.lines.filter((line) => line.startsWith('S')).length >= count);

interface Scene {
  readonly till: TillFolder;
  readonly acknowledged: Set<string>;
  /** Null = every process is started from nothing. */
  readonly nursery: Nursery | null;
}

/** Kills at a drawn moment: before it opens, while it opens or starts up, or after the nth top-up and a little. */
async function killSomewhere(child: Child): Promise<void> {
  const after = pick(['', 'locked', 'locked', 'opened', 'opened', 'started', 'started', 'S', 'S', 'S', 'S']);
  if (after === 'S') await savedTopUps(child, 1 + uniform(3));
  else if (after !== '') await child.line((line) => line === after);
  await pass(Math.random() * 6);
  child.signal('SIGKILL');
}

/** Lets it die by its own hand at a drawn file operation: before it, after it, or in the middle of a write. */
function steerToDeath(control: ReturnType<typeof createControl>): void {
  const operations = pick([onWrite | onSync | onCut, onSync, onWrite]);
  const action = pick([killBefore, killAfter, killTorn]);
  // A top-up and its sending sync six times, and write more than ten times as often.
  const skip = uniform(operations === onSync ? 12 : 120);
  control.set({ operations, action, files: anyFile, skip, times: 1 });
}

async function cycle(scene: Scene, figures: KillFigures): Promise<void> {
  const { till, acknowledged, nursery } = scene;
  const control = createControl(join(till.folder, 'control'), liveFolder(till.folder));
  const isSteered = process.platform === 'linux' && Math.random() < 0.3;
  if (isSteered) steerToDeath(control);
  if (Math.random() < 0.15) {
    const when = pick<'before' | 'after'>(['before', 'after']);
    till.store.addFault({ fault: { kind: 'drop', when }, method: 'updateBalancePointByIncrement', times: 1 });
  }
  const orders = till.orders({ pauseMs: pick([0, 3, 8]) });
  const isStarted = nursery === null || figures.cycles % STARTED_ONE_IN === 0;
  figures.cycles += 1;
  if (isStarted) figures.started += 1;
  const child = isStarted
    ? startChild(orders, isSteered ? control.env : {})
    : await nursery.fork(orders, isSteered ? control.watch : null);
  const hangs = setTimeout(() => {
    figures.problems.push(`hangs: ${child.lines.join(' | ')}`);
    child.signal('SIGKILL');
  }, LONGEST_LIFE_MS);
  if (isSteered) {
    await savedTopUps(child, 30);
    child.signal('SIGKILL');
  } else await killSomewhere(child);
  const end = await child.ended;
  clearTimeout(hangs);
  till.store.clearFaults();
  if (end.signal !== 'SIGKILL') figures.problems.push(`ended by itself: ${child.lines.join(' | ')}`);
  for (const line of child.lines) {
    if (line.startsWith('S ')) acknowledged.add(line.slice(2));
    if (line.startsWith('!') || line.startsWith('E')) figures.problems.push(line);
  }
  const last = (child.lines.filter((line) => !line.startsWith('W')).at(-1) ?? 'nothing').replace(/ .*/, '');
  figures.diedAfter[last] = (figures.diedAfter[last] ?? 0) + 1;
  look(scene, figures);
}

/**
 * Read only, so that what recovers the till is its next process and not this look; that process looks at the
 * journal and its head as well, and every complaint of its is a problem here.
 */
function look({ till, acknowledged }: Scene, figures: KillFigures): void {
  const db = new Database(till.database, { readonly: true });
  try {
    figures.problems.push(...integrity(db));
    figures.problems.push(...lost(acknowledged, entriesOf(db)));
    figures.problems.push(...disagreements(entriesOf(db), till.store.increments()));
  } finally {
    db.close();
  }
}

/** A process that is left alone looks into whatever the kills left open; then everything must add up. */
async function heal({ till, acknowledged, nursery }: Scene, figures: KillFigures): Promise<void> {
  const orders: Orders = till.orders({ mode: 'heal', speed: 300 });
  const child = nursery === null ? startChild(orders) : await nursery.fork(orders, null);
  const closed = await Promise.race([
    child.line((line) => line === 'closed'),
    pass(LONGEST_LIFE_MS).then(() => 'late'),
  ]);
  if (closed !== 'closed') {
    figures.problems.push(`does not settle: ${child.lines.join(' | ')}`);
    child.signal('SIGKILL');
  }
  await child.ended;
  till.nextDay();
  inDatabase(till.database, (db) => {
    figures.problems.push(
      ...damage(db, acknowledged, keeperOf(db, liveFolder(till.folder), join(till.folder, 'copy', 'live'))),
    );
    figures.problems.push(...disagreements(entriesOf(db), till.store.increments()));
  });
}

/** One till after the other, each killed many times, while `goOn`. */
export async function killUntil(
  goOn: () => boolean,
  figures: KillFigures,
  nursery: Nursery | null,
): Promise<void> {
  while (goOn() && figures.problems.length === 0) {
    const till = await createTillFolder();
    const scene: Scene = { till, acknowledged: new Set<string>(), nursery };
    for (let count = 1; count <= CYCLES_A_TILL && goOn(); count += 1) {
      await cycle(scene, figures);
    }
    await heal(scene, figures);
    figures.acknowledged += scene.acknowledged.size;
    figures.applied += till.store.increments().length;
    await till.remove();
  }
}
