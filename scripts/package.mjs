// `npm run package`: the built app in a folder of its own under dist/; `npm run package:linux`: its deb and its AppImage.
// Made with the official Electron or, where only the substitute runtime can be had, named `…-substitute` and never to be
// released.
import { join } from 'node:path';
import { Refusal, ran, root, runMain, say } from './lib/common.mjs';
import { findOfficial } from './lib/official.mjs';
import { hasSubstitute, withBareSubstitute } from './lib/substitute.mjs';
import { ensureSystemPackages } from './lib/system.mjs';
import { makeAppImageTools } from './package/appimage-tools.mjs';
import { writeShipped } from './package/write-shipped.mjs';

const shell = process.platform === 'win32';
// There is no page of ours for a package to lead to; electron-builder makes no deb that names none.
const noPage = '--config.extraMetadata.homepage=none';
const targets = process.argv.includes('--linux') ? ['--linux', 'deb', 'AppImage', noPage] : ['--dir'];

function run(command, args, env = {}) {
  if (!ran(command, args, { cwd: root, shell, env: { ...process.env, ...env } }))
    throw new Refusal(`${command} failed`);
}

const electronBuilder = (args, env) =>
  run('electron-builder', [...targets, '--publish', 'never', ...args], env);

/** Where electron-builder finds what it would download. */
function toolsAtHand() {
  if (targets.includes('--dir')) return {};
  ensureSystemPackages(['packing']);
  return {
    CUSTOM_FPM_PATH: join(root, 'scripts', 'package', 'fpm-by-dpkg.mjs'),
    APPIMAGE_TOOLS_PATH: makeAppImageTools(),
  };
}

await runMain(async () => {
  run('electron-vite', ['build', '--logLevel', 'warn']);
  const official = await findOfficial(hasSubstitute);
  if (official) {
    writeShipped(official.version);
    electronBuilder([]);
    return 0;
  }
  if (!hasSubstitute) throw new Refusal('Electron cannot be downloaded here');
  say('packaging with the substitute runtime: for tests only, never for a release');
  await withBareSubstitute(({ folder, version }) => {
    writeShipped(version);
    electronBuilder(
      [
        '--config=scripts/substitute/electron-builder.yml',
        `--config.electronVersion=${version}`,
        `--config.electronDist=${folder}`,
      ],
      toolsAtHand(),
    );
  });
  return 0;
});
