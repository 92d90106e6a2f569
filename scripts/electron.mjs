// Finds (or fetches) an Electron for this machine. `--where` prints how to start the built app.
import { Refusal, runMain } from './lib/common.mjs';
import { findElectron, launchDescription } from './lib/runtime.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  const wrong = args.filter((arg) => arg !== '--where');
  if (wrong.length > 0) throw new Refusal(`unknown argument ${wrong[0]}; usage: electron.mjs [--where]`);
  if (args.includes('--where')) {
    const description = await launchDescription();
    process.stdout.write(`${JSON.stringify(description)}\n`);
  } else {
    ensureSystemPackages(['libraries', 'fonts']);
    const { kind, version, executable } = await findElectron();
    process.stdout.write(`${kind} Electron ${version}: ${executable}\n`);
  }
  return 0;
});
