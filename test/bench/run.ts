// What `npm run bench` runs (`scripts/bench.mjs`): the rows that are asked for, as a table and as JSON.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Figure, goalText, regressions, shown, tableOf, tell } from './figure.ts';
import { createFolders } from './folders.ts';
import { machineFacts } from './machine.ts';
import type { Bench, LiveSecrets, Row } from './row.ts';
import { rows } from './rows/index.ts';
import { ratioOf } from './statistics.ts';
import { problemsOf } from './verified.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const askedFor = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      sizes: { type: 'string' },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  }).values;

type Asked = ReturnType<typeof askedFor>;

function rowsAsked({ rows: names, quick }: Asked): readonly Row[] {
  if (names === undefined) return quick ? rows.filter(({ inWindow }) => inWindow !== true) : rows;
  return names.split(',').map((name) => {
    const found = rows.find((row) => row.name === name);
    if (found === undefined)
      throw new Error(`no row is called ${name}; there are: ${rows.map((row) => row.name).join(', ')}`);
    return found;
  });
}

const sizesAsked = ({ sizes: text, quick }: Asked): readonly [number, ...number[]] => {
  const sizes = (text ?? (quick ? '1000,10000' : '10000,1000000')).split(',').map(Number);
  const [base, ...larger] = sizes;
  if (base === undefined || larger.length === 0 || sizes.some((size) => !(size > 0)))
    throw new Error('--sizes=SMALL,LARGE[,LARGER] says over how many entries');
  return [base, ...larger];
};

/** What a bad moment of the machine may have made is measured once more before it counts. */
async function measure(bench: Bench, row: Row): Promise<readonly Figure[]> {
  const figures = await row.measure(bench);
  return bench.quick && regressions(figures).length > 0 ? row.measure(bench) : figures;
}

/** Each row tells as it goes; where one throws, the others are measured all the same. */
async function measureAll(bench: Bench, asked: readonly Row[]) {
  const figures: Figure[] = [];
  const failures: string[] = [];
  for (const row of asked) {
    const beganMs = performance.now();
    try {
      figures.push(...(await measure(bench, row)));
    } catch (thrown) {
      failures.push(`${row.name}: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
    }
    say(`${row.name}: ${((performance.now() - beganMs) / 1_000).toFixed(0)} s`);
  }
  return { figures, failures };
}

/** Whether the app has to be built, and a display to be had. */
export const needsWindow = (args: readonly string[]): boolean =>
  rowsAsked(askedFor(args)).some(({ inWindow }) => inWindow === true);

/** Resolves to the code to end with: 0 where all was measured and verified and nothing is much worse. */
export async function run(args: readonly string[]): Promise<number> {
  const values = askedFor(args);
  const asked = rowsAsked(values);
  const [base, ...sizes] = sizesAsked(values);
  const machine = machineFacts();
  const folders = createFolders(say);
  const live: { readonly folder: string; readonly secrets: LiveSecrets }[] = [];
  const verifyLive: Bench['verifyLive'] = (folder, secrets) => void live.push({ folder, secrets });
  try {
    const bench: Bench = { ...folders, quick: values.quick, base, sizes, verifyLive };
    const { figures, failures } = await measureAll(bench, asked);
    process.stdout.write(`${tableOf(figures)}\n`);
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ machine, rows: figures.map(tell) }, null, 2)}\n`);
    // After the table: a million entries take minutes to verify.
    const wrong = [
      ...folders.used().flatMap((folder) => problemsOf(folder, null)),
      ...live.flatMap(({ folder, secrets }) => problemsOf(folder, secrets)),
    ];
    const worse = values.quick ? regressions(figures) : [];
    const failed = [
      ...failures.map((failure) => `not measured: ${failure}`),
      ...wrong.map((problem) => `not verified: ${problem}`),
      ...worse.map(({ name, ours, against, beside, bound }) => {
        const ratio = shown(ratioOf(ours, against));
        return `much worse than it was: ${name}: ${ratio} of ${beside}, bound ${goalText(bound)}`;
      }),
    ];
    // CI repeats lines that begin so at its end.
    for (const failure of failed) process.stdout.write(`failed: bench: ${failure}\n`);
    return failed.length > 0 ? 1 : 0;
  } finally {
    folders.remove();
  }
}
