import { join } from 'node:path';
import Database from 'better-sqlite3';
import { liveFolder } from '../../../main/kernel/folders.ts';
import { checkShifts } from '../../simulation/shifts.ts';
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
import { integrity } from './inspect.ts';
import type { Nursery } from './nursery.ts';
import { startChild } from './process.ts';
import type { TillFolder } from './till-folder.ts';

/** What is known of a till's shifts after a kill, read without `main/`. */
interface Found {
  /** As the process tells it: `counting 3`. */
  readonly place: string;
  readonly moves: readonly string[];
}

interface Moved {
  readonly moves: readonly { readonly id: string }[];
}

interface Noted {
  readonly record: {
    readonly lastClosed: number;
    readonly open:
      | (Moved & { readonly number: number; readonly isCounting: boolean; readonly counted: object | null })
      | null;
  };
}

/** How far a step is: whoever was told of one finds that one or a later one. */
const stages = ['open', 'counting', 'counted', 'closed'];
const farness = (place: string): number => {
  const [stage = '', number = '0'] = place.split(' ');
  return Number(number) * stages.length + stages.indexOf(stage);
};

function find(db: Database.Database): Found {
  const notes = (reason: string) =>
    (
      db
        .prepare('SELECT content FROM journal WHERE entry IS NULL AND reason = ? ORDER BY number')
        .all(reason) as {
        content: string;
      }[]
    ).map(({ content }) => JSON.parse(content) as unknown);
  const zs = notes('z report') as { readonly report: Moved }[];
  const last = notes('shift').at(-1) as Noted | undefined;
  const { open = null, lastClosed = 0 } = last?.record ?? {};
  const stage = open?.isCounting === true ? 'counting' : open?.counted == null ? 'open' : 'counted';
  return {
    place: open === null ? `closed ${lastClosed}` : `${stage} ${open.number}`,
    moves: [...zs.map(({ report }) => report), ...(open === null ? [] : [open])].flatMap(({ moves }) =>
      moves.map(({ id }) => id),
    ),
  };
}

export interface ShiftKills {
  kills: number;
  /** How often the kill left the shift at each stage. */
  readonly leftAt: Record<string, number>;
  readonly problems: string[];
}

const uniform = (below: number): number => Math.floor(Math.random() * below);

/** After so many steps of the shift and a little; or by its own hand at a drawn file operation, also in the middle of a write. */
async function die(child: Child, isSteered: boolean): Promise<void> {
  const steps = isSteered ? 60 : 1 + uniform(9);
  await child.line(() => child.lines.filter((line) => line.startsWith('H ')).length > steps);
  if (!isSteered) await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
  child.signal('SIGKILL');
}

/** One process, killed; what the next one must find is looked up without it. */
export async function killOnce(
  till: TillFolder,
  nursery: Nursery | null,
  before: Found,
  figures: ShiftKills,
): Promise<Found> {
  const control = createControl(join(till.folder, 'control'), liveFolder(till.folder));
  const isSteered = nursery !== null && Math.random() < 0.6;
  if (isSteered) {
    const action = [killBefore, killAfter, killTorn][uniform(3)] ?? killTorn;
    control.set({
      operations: onWrite | onSync | onCut,
      action,
      files: anyFile,
      skip: uniform(160),
      times: 1,
    });
  }
  const orders = till.orders({ mode: 'shifts', pauseMs: 1 });
  const child =
    nursery === null ? startChild(orders) : await nursery.fork(orders, isSteered ? control.watch : null);
  await die(child, isSteered);
  await child.ended;
  figures.kills += 1;
  const { problems, leftAt } = figures;
  problems.push(...child.lines.filter((line) => line.startsWith('!')));
  const at = child.lines.find((line) => line.startsWith('H at '));
  if (at !== undefined && at !== `H at ${before.place}`) problems.push(`begins ${at} after ${before.place}`);
  const db = new Database(till.database, { readonly: true });
  try {
    const found = find(db);
    const stage = found.place.split(' ')[0] ?? '';
    leftAt[stage] = (leftAt[stage] ?? 0) + 1;
    const told =
      child.lines
        .filter((line) => /^H (?!at )/.test(line))
        .at(-1)
        ?.slice(2) ?? before.place;
    if (farness(found.place) < farness(told)) problems.push(`${told} was told, and ${found.place} is there`);
    const moved = child.lines.filter((line) => line.startsWith('M ')).map((line) => line.slice(2));
    for (const id of [...before.moves, ...moved])
      if (found.moves.filter((one) => one === id).length !== 1)
        problems.push(`moved once, and not there once: ${id}`);
    problems.push(...integrity(db), ...checkShifts(db).map(({ words }) => words));
    return found;
  } finally {
    db.close();
  }
}

export const nothingYet: Found = { place: 'closed 0', moves: [] };
