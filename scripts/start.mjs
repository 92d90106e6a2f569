// `npm start`: builds the app and opens it; arguments after `--` go to the app.
import { build } from './lib/built.mjs';
import { runMain, say } from './lib/common.mjs';
import { hasDisplay, launchDescription } from './lib/runtime.mjs';
import { hasKeyring, runForeground, withSession } from './lib/session.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

await runMain(async () => {
  build();
  const isLinux = process.platform === 'linux';
  const display = isLinux && !hasDisplay();
  const keyring = isLinux && !hasKeyring();
  ensureSystemPackages([...(display ? ['display'] : []), ...(keyring ? ['keyring'] : [])]);
  const { executable, args } = await launchDescription(
    keyring ? { ...process.env, COUNTERFOIL_SESSION: '1' } : process.env,
  );
  if (display) say('no display: running under Xvfb, so there is no window to see');
  if (keyring)
    say('no keyring: using one that is thrown away at the end, and with it the key of a real account');
  return withSession({ display, keyring, home: false }, (env) =>
    runForeground(executable, [...args, ...process.argv.slice(2)], env),
  );
});
