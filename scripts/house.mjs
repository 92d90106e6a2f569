// `npm run house`: the house in figures, each with what it counts and its goal; the last line names those above it.
// Nothing fails for them.
import { runMain } from './lib/common.mjs';
import { countHouse } from './lib/house-figures.mjs';
import { countHops } from './lib/house-hops.mjs';

await runMain(async () => {
  const figures = countHouse(await countHops());
  for (const { name, value, goal, means } of figures) {
    const figure = `${value}`.padStart(7);
    const target = goal === null ? '' : `≤ ${goal}`;
    process.stdout.write(`${name.padEnd(36)}${figure}  ${target.padEnd(9)} ${means}\n`);
  }
  const above = figures.filter(({ value, goal }) => goal !== null && value > goal);
  const said = above.length === 0 ? 'none' : above.map(({ name }) => name).join(', ');
  process.stdout.write(`\nabove their goal: ${said}\n`);
  process.exit(0);
});
