import { dayMutants } from '../days/mutants.ts';
import { lists } from './faults.ts';
import { findersAmong, foundAt, levels, testSources } from './found-by.ts';
import { ordinary } from './ordinary.ts';

const heading = `# Planted faults

What is wrong on purpose somewhere, so that a test shows that it would find it: what the program does with it, and who finds it
at which level, with the numbers of the security checks (docs/security-checks.md). The column unit names ordinary tests:
\`test/faults/ordinary.deep.test.ts\` runs each with its fault. Derived from the lists of \`test/faults/lists\`, from
\`test/faults/ordinary.ts\`, \`test/days/mutants.ts\` and the tests; \`npx vitest run --project unit test/faults -u\` writes it anew. Of
its list the simulator's \`sample\` runs the first alone.
`;

/** As the formatter writes it, without the columns in which nothing stands. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const filled = columns.map((_, at) => at).filter((at) => rows.some((cells) => cells[at] !== ''));
  const widths = filled.map((at) => Math.max(...[columns, ...rows].map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${filled.map((column, at) => (cells[column] ?? '').padEnd(widths[at] ?? 0)).join(' | ')} |\n`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`;
  return line(columns) + rule + rows.map(line).join('');
}

/** The ordinary tests of a fault, each with the security check that it is a control of. */
const unitOf = (by: typeof ordinary): string =>
  by.map(({ by: test, check }) => test + (check && ` (${check})`)).join(', ');

/** Every planted fault and who finds it, as a page for people. */
export function registry(): string {
  const files = testSources();
  const finders = findersAmong(files);
  const names = Object.keys(levels) as (keyof typeof levels)[];
  const parts = Object.entries(lists).map(([list, faults]) => {
    const rows = Object.entries(faults).map(([name, { says }]) => {
      const own = finders.filter(({ fault }) => fault === name);
      const by = ordinary.filter(({ fault }) => fault === name);
      return [name, says, ...names.map((level) => foundAt(level, own, files).join(', ')), unitOf(by)];
    });
    return `\n## ${list}\n\n${table(['fault', 'what it does', ...names, 'unit'], rows)}`;
  });
  const days = dayMutants.map(({ name, says, seed }) => [name, says, `mutants.deep, day ${seed}`]);
  return `${heading}${parts.join('')}\n## days\n\n${table(['injected part', 'what it does', 'days'], days)}`;
}
