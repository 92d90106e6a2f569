// `npm run -s session -- CMD…`: runs CMD with a display and a throw-away keyring and HOME.
import { Refusal, runMain, say } from './lib/common.mjs';
import { hasDisplay } from './lib/runtime.mjs';
import { runForeground, withSession } from './lib/session.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

await runMain(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!command) throw new Refusal('usage: npm run -s session -- COMMAND [ARGUMENT…]');
  // Other systems bring both along, and their keyrings cannot be replaced for one command.
  if (process.platform !== 'linux') return runForeground(command, args, process.env);
  const display = !hasDisplay();
  ensureSystemPackages(['libraries', 'fonts', 'keyring', ...(display ? ['display'] : [])]);
  if (display) say('no display: running under Xvfb');
  return withSession({ display, keyring: true, home: true }, (env) => runForeground(command, args, env));
});
