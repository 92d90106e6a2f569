// `npm run bench`: how fast the till is, each figure beside a limit or a peer that was measured in the same run
// (docs/benchmarks.md).
//
//   npm run bench                                    every row, over 10 k and a million entries, with the real window
//   npm run bench -- --quick                         a minute, without a window; fails where a ratio is far worse
//   npm run bench -- --rows=confirm,drain            these alone
//   npm run bench -- --sizes=10000,300000            over so many entries: the first is what others are compared with
//   npm run bench -- --json=FILE                     the figures for a program as well
import { runBesideBuilt } from './lib/built.mjs';
import { runMain } from './lib/common.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  const { needsWindow, run } = await import('../test/bench/run.ts');
  if (process.env['COUNTERFOIL_BENCH'] === '1' || !needsWindow(args)) return run(args);
  return runBesideBuilt('bench.mjs', args, { COUNTERFOIL_BENCH: '1' });
});
