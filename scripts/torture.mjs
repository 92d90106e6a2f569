// `npm run torture [-- --minutes=N]`: kills, power cuts, full disks and tampering against the real main
// process. Prints its figures; `--minutes` goes on for that long. Any other words are a command to run
// with what torture needs (a C compiler, for the recorder of writes) at hand.
import { join } from 'node:path';
import { Refusal, root, runMain } from './lib/common.mjs';
import { runForeground } from './lib/session.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  const minutes = args.find((arg) => arg.startsWith('--minutes='))?.slice('--minutes='.length) ?? '0';
  if (!/^\d+(\.\d+)?$/.test(minutes)) throw new Refusal('usage: npm run torture [-- --minutes=N]');
  ensureSystemPackages(['compiler']);
  const bin = join(root, 'node_modules', '.bin');
  const env = { ...process.env, TORTURE_MINUTES: minutes, PATH: `${bin}:${process.env['PATH']}` };
  const asked = args.filter((arg) => !arg.startsWith('--minutes='));
  const [command, ...rest] = asked.length > 0 ? asked : ['vitest', 'run', '--project', 'torture'];
  return runForeground(command, rest, env);
});
