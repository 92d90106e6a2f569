import { appendFileSync } from 'node:fs';
import { isInDepth } from '../../kit/depth.ts';

/** How long the long run is; 0 = the quick one. Set by `npm run torture -- --minutes=N`. */
export const minutes = Number(process.env['TORTURE_MINUTES'] ?? '0');
/** How many at least; set by `--kills=N` and `--images=N`. */
export const leastKills = Number(process.env['TORTURE_KILLS'] ?? (isInDepth ? '1000' : '60'));
export const leastImages = Number(process.env['TORTURE_IMAGES'] ?? (isInDepth ? '20000' : '1500'));

/** One of so many ways to tamper with a field or row. */
export const tamperingsApart = isInDepth ? 1 : 10;

/** How long a test that goes on for `minutes`, or until a count is reached, may take; 0 = as long as it likes. */
export const goOnTimeoutMs = minutes > 0 || leastKills > 1_000 || leastImages > 20_000 ? 0 : 600_000;

/** One line of the report, past the test runner's own frame. */
export const sayFigures = (line: string): void => void process.stdout.write(`  ${line}\n`);

/** What is added up over all tests and printed at the very end. */
export interface Totals {
  readonly kills?: number;
  readonly images?: number;
  readonly acknowledged?: number;
  readonly tamperings?: number;
  readonly failures?: number;
  readonly problems?: readonly string[];
}

/** Problems in words become three counts: what was lost, what was applied twice, and all that is damaged. */
export function addToTotals({ problems = [], ...counts }: Totals): void {
  const lost = problems.filter((problem) => problem.includes('lost: ')).length;
  const doubled = problems.filter((problem) => /applied \d+ times/.test(problem)).length;
  const totals = { ...counts, lost, doubled, damaged: problems.length - lost - doubled };
  const file = process.env['TORTURE_FIGURES'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(totals)}\n`);
}
