// `npm run package`: the built app in a folder of its own under dist/, with the official Electron
// or, where only the substitute runtime can be had, named `…-substitute` and never to be released.
import { Refusal, ran, root, runMain, say } from './lib/common.mjs';
import { findOfficial } from './lib/official.mjs';
import { hasSubstitute, withBareSubstitute } from './lib/substitute.mjs';

const shell = process.platform === 'win32';

function run(command, args) {
  if (!ran(command, args, { cwd: root, shell })) throw new Refusal(`${command} failed`);
}

const electronBuilder = (...args) => run('electron-builder', ['--dir', '--publish', 'never', ...args]);

await runMain(async () => {
  run('electron-vite', ['build', '--logLevel', 'warn']);
  if (await findOfficial(hasSubstitute)) {
    electronBuilder();
    return 0;
  }
  if (!hasSubstitute) throw new Refusal('Electron cannot be downloaded here');
  say('packaging with the substitute runtime: for tests only, never for a release');
  await withBareSubstitute(({ folder, version }) =>
    electronBuilder(
      '--config=scripts/substitute/electron-builder.yml',
      `--config.electronVersion=${version}`,
      `--config.electronDist=${folder}`,
    ),
  );
  return 0;
});
