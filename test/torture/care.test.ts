import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInDepth } from '../kit/depth.ts';
import { type Act, stickOf } from './support/care.ts';
import { judge } from './support/care-judge.ts';
import type { Filled } from './support/care-orders.ts';
import { type Care, makeCare } from './support/care-scene.ts';
import {
  anyFile,
  killAfter,
  killBefore,
  killTorn,
  onCut,
  onRename,
  onSync,
  onWrite,
} from './support/control.ts';
import { addToTotals, sayFigures } from './support/figures.ts';

// Care of the data while the disk fills up or the process dies: backups here and in a second place, the list of open entries, a
// restore, a move from here and to there.

let care: Care;

beforeAll(async () => {
  care = await makeCare();
}, 120_000);

afterAll(() => care.end());

/** Every write in the depth; of the sample one of so many. */
const apart = isInDepth ? 1 : 29;

it.each<[Act, string, 'the stick' | 'every disk']>([
  ['backup', 'a backup, and its sealed copy in the second place', 'every disk'],
  ['backup', 'the sealed copy alone', 'the stick'],
  ['open entries', 'entries, and the list of what is open', 'every disk'],
  ['open entries', 'the list alone', 'the stick'],
  ['restore', 'a backup that is put back', 'every disk'],
  ['move', 'a till that is moved away', 'every disk'],
  ['move', 'its file alone', 'the stick'],
  ['bring', 'a till that comes from another computer', 'every disk'],
])(
  '%s: a disk that is full from any write on loses nothing, and that is said (%s, %s)',
  (act, name, where) => {
    const watched = where === 'the stick' ? stickOf(care.scene) : undefined;
    care.reset();
    const { said } = care.run(act, { mode: 'fill', apart, entries: care.entries }, watched);
    const filled = JSON.parse(said) as Filled;
    const words = Object.entries(filled.said).map(([word, times]) => `${word} ${times}`);
    sayFigures(`${name}, full at ${filled.fills} of ${filled.steps} writes: ${words.join(', ')}`);
    addToTotals({ failures: filled.fills, problems: filled.problems });
    expect(filled.problems).toEqual([]);
    const told = ['ok', 'backup-no-room', 'disk-full'];
    expect(Object.keys(filled.said).filter((word) => !told.includes(word))).toEqual([]);
    expect(filled.said['backup-no-room']).toBeGreaterThan(0);
  },
);

const KILLS = isInDepth ? 40 : 3;

/** Beside a load a run was seen to end before the last write that the counted one made: then it dies at a moment before. */
const MOST_BACK = 10;

interface Moment {
  readonly operations: number;
  readonly action: number;
  readonly skip: number;
}

function dieAt(act: Act, moments: readonly Moment[], chosen: number) {
  for (let at = chosen; ; at -= 1) {
    const moment = moments[at];
    care.reset();
    const { signal } = care.run(act, { mode: 'die', steering: { ...moment, files: anyFile, times: 1 } });
    const died = signal === 'SIGKILL';
    if (died || at === 0 || at <= chosen - MOST_BACK) return { moment, died };
  }
}

it.each<Act>(['backup', 'open entries', 'restore', 'move', 'bring'])(
  'a process that dies anywhere in it leaves a till that starts, with all of its entries: %s',
  async (act) => {
    const operations = onWrite | onSync | onCut | onRename;
    const all = Number(care.run(act, { mode: 'count', operations }).said);
    const writes = Number(care.run(act, { mode: 'count', operations: onWrite }).said);
    const numbered = (of: number, action: number, on: number): readonly Moment[] =>
      Array.from({ length: of }, (_, skip) => ({ operations: on, action, skip }));
    // At each operation before it and after it, and in the middle of each write: so many of these, spread evenly.
    const moments = [
      ...[killBefore, killAfter].flatMap((action) => numbered(all, action, operations)),
      ...numbered(writes, killTorn, onWrite),
    ];
    const problems: string[] = [];
    let kills = 0;
    for (let at = 0; at < KILLS; at += 1) {
      const chosen = Math.round((at * (moments.length - 1)) / (KILLS - 1));
      const { moment, died } = dieAt(act, moments, chosen);
      if (died) kills += 1;
      for (const problem of await judge(care.scene, act, care.entries))
        problems.push(`${problem} (${JSON.stringify(moment)})`);
    }
    sayFigures(`${act}: kill -9 at ${kills} moments of ${all} file operations, ${problems.length} problems`);
    addToTotals({ kills, problems });
    expect(problems).toEqual([]);
    expect(kills).toBe(KILLS);
  },
);
