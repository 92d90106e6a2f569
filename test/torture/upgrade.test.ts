import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isInDepth } from '../kit/depth.ts';
import {
  anyFile,
  createControl,
  killAfter,
  killBefore,
  killTorn,
  onCut,
  onSync,
  onWrite,
} from './support/control.ts';
import { addToTotals, sayFigures } from './support/figures.ts';
import { copyOf, databaseOf, type Judged, judge, makeUpgrade, type Upgrade } from './support/upgrading.ts';
import { readWriteLog } from './support/write-log.ts';

const POINTS = isInDepth ? 200 : 12;

let upgrade: Upgrade;
let whole: Judged;
/** How many file operations, and how many of them writes, an upgrade takes. */
let [operations, writes] = [0, 0];

interface Ended {
  readonly folder: string;
  readonly said: string;
  readonly hits: number;
}

/** An upgrade in a process of its own, whose file operations are steered. */
function run(steering: Parameters<ReturnType<typeof createControl>['set']>[0], recorded?: string): Ended {
  const folder = copyOf(upgrade);
  const control = createControl(join(folder, 'control'), upgrade.old.liveFolder(folder));
  control.set(steering);
  const { stdout } = spawnSync(process.execPath, [upgrade.child, databaseOf(upgrade, folder)], {
    encoding: 'utf8',
    env: {
      ...{ ...process.env, NODE_OPTIONS: '', ...control.env },
      ...(recorded === undefined ? {} : { SHIM_LOG: recorded }),
    },
  });
  return { folder, said: stdout, hits: control.hits() };
}

beforeAll(async () => {
  upgrade = await makeUpgrade(700);
  const recorded = join(tmpdir(), `counterfoil-upgrade-${process.pid}.log`);
  const { folder, said } = run({}, recorded);
  expect(said).toBe('ok');
  const kinds = readWriteLog(recorded).map(({ kind }) => kind);
  rmSync(recorded);
  writes = kinds.filter((kind) => kind === 'write').length;
  operations = writes + kinds.filter((kind) => kind === 'sync' || kind === 'cut').length;
  whole = judge(upgrade, folder);
}, 120_000);

afterAll(() => rmSync(join(upgrade.kept.data, '..'), { recursive: true, force: true }));

it('an upgrade that nothing interrupts makes the new format, whole', () => {
  expect(whole).toMatchObject({ format: 9, problems: [] });
  expect(operations).toBeGreaterThan(200);
});

/** Spread over all of them, the first and the last among them. */
const points = (of: number): readonly number[] =>
  Array.from({ length: POINTS }, (_, at) => Math.round((at * (of - 1)) / (POINTS - 1)));

function interrupted(name: string, ends: readonly Ended[]): void {
  const judged = ends.map(({ folder }) => judge(upgrade, folder));
  const isOther = ({ content, problems }: Judged) => problems.length === 0 && content !== whole.content;
  const problems = judged.flatMap((one) => (isOther(one) ? ['says something else'] : one.problems));
  const formats = [8, 9].map((format) => judged.filter((one) => one.format === format).length);
  sayFigures(
    `${name}: ${ends.length} interrupted upgrades, ${formats[0]} left the old format and ${formats[1]} the new, ${problems.length} problems`,
  );
  addToTotals({ problems });
  expect(problems).toEqual([]);
  expect(formats[0]).toBeGreaterThan(0);
}

it('a process that dies anywhere in an upgrade leaves the old format or the new, whole', () => {
  const ways = [killBefore, killAfter, killTorn];
  const ends = points(operations).map((skip, at) => {
    const action = ways[at % ways.length] ?? killBefore;
    // Torn is a write alone.
    const on = action === killTorn ? onWrite : onWrite | onSync | onCut;
    const place = action === killTorn ? Math.floor((skip * writes) / operations) : skip;
    return run({ operations: on, files: anyFile, action, skip: place, times: 1 });
  });
  expect(ends.filter(({ said, hits }) => hits !== 1 && said !== '')).toEqual([]);
  addToTotals({ kills: ends.length });
  interrupted('kill -9', ends);
});

it('a disk that is full anywhere in an upgrade leaves the old format or the new, whole', () => {
  const { ENOSPC } = constants.errno;
  const ends = points(writes).map((skip, at) =>
    run({
      ...{ operations: onWrite, files: anyFile, action: ENOSPC, skip, times: 1_000_000 },
      short: at % 2,
    }),
  );
  // Once the commit is in the log, that the log cannot be emptied into the database is no failure of the upgrade.
  expect(ends.filter(({ said }) => !['disk-full', 'ok'].includes(said)).map(({ said }) => said)).toEqual([]);
  addToTotals({ failures: ends.length });
  interrupted('a full disk', ends);
});
