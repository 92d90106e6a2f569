// Called by electron-builder when a program lies in its folder, before it is packed, signed or named: what is no release is
// not built as one.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { Arch } from 'electron-builder';
import { RELEASE_KEYS } from '../../main/updates/release-feed.ts';
import { root } from '../lib/common.mjs';
import { forgetBytecode } from './after-extract.mjs';
import { binaryKind, binaryProblems, HEADER_BYTES } from './binary-kind.mjs';
import { readFuses } from './read-fuses.mjs';
import { isSubstituteName, releaseProblems, testBuildProblems } from './release-guard.mjs';
import { billProblems, electronProblems, fuseProblems, lockProblems } from './supply.mjs';

const json = (text) => JSON.parse(text);
const ours = (...path) => readFileSync(join(root, ...path), 'utf8');

/** Everything in the archive that is a file, by its path with slashes; the archive itself is asked by the system's. */
const filesOfArchive = (archive) =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replace(/^[\\/]/, ''))
    .filter((path) => path !== '' && !('files' in statFile(archive, path)))
    .map((path) => path.replaceAll('\\', '/'));

const jsonOfArchive = (archive, path) => json(extractFile(archive, path).toString('utf8'));

/** The packages that were brought as they are, and the runtime around them. */
const packagesOf = (archive, files, electron) => [
  { name: 'electron', version: electron },
  ...files
    .filter((path) => /^node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
    .map((path) => jsonOfArchive(archive, path)),
];

/** electron-builder sets them only after this: set here, they can be read back while there is still nothing to give away. */
async function setFuses(context) {
  const { packager, appOutDir, electronPlatformName } = context;
  await packager.addElectronFuses(context, await packager.generateFuseConfig(packager.config.electronFuses));
  const name = packager.executableName ?? packager.appInfo.productFilename;
  const endings = { darwin: '.app', win32: '.exe', linux: '' };
  return readFuses(join(appOutDir, `${name}${endings[electronPlatformName]}`));
}

function kindOf(file) {
  const opened = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    return binaryKind(bytes.subarray(0, readSync(opened, bytes, 0, HEADER_BYTES, 0)));
  } finally {
    closeSync(opened);
  }
}

/** The program and every addon beside it: each must be for the computer that the package is for. */
function binariesOf({ packager, appOutDir, electronPlatformName }) {
  const name = packager.executableName ?? packager.appInfo.productFilename;
  const programs = { darwin: `${name}.app/Contents/MacOS/${name}`, win32: `${name}.exe`, linux: name };
  const addons = readdirSync(appOutDir, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.node'));
  return [programs[electronPlatformName], ...addons].map((path) => ({
    path,
    kind: kindOf(join(appOutDir, path)),
  }));
}

export default async function afterPack(context) {
  forgetBytecode();
  const { packager, appOutDir } = context;
  const archive = join(packager.getResourcesDir(appOutDir), 'app.asar');
  const shipped = jsonOfArchive(archive, 'package.json');
  const files = filesOfArchive(archive);
  const electron = packager.info.framework.version;
  const wanted = { platform: context.electronPlatformName, arch: Arch[context.arch] };
  const ofAnyBuild = [
    ...binaryProblems(wanted, binariesOf(context)),
    ...fuseProblems(await setFuses(context)),
    ...billProblems(jsonOfArchive(archive, 'out/sbom.json'), packagesOf(archive, files, electron)),
    ...lockProblems(json(ours('package-lock.json')), ours('.npmrc')),
  ];
  if (isSubstituteName(shipped.productName))
    return refuse('build for tests', [...testBuildProblems(files), ...ofAnyBuild]);
  const problems = releaseProblems({
    files,
    version: shipped.version,
    productName: shipped.productName,
    main: shipped.main,
    electron,
    wantedElectron: json(ours('package.json')).devDependencies.electron,
    hasSubstituteNote: 'substituteFor' in shipped,
    releaseKeys: RELEASE_KEYS.length,
  });
  const lines = json(ours('scripts', 'package', 'electron-lines.json'));
  refuse('release', [...problems, ...ofAnyBuild, ...electronProblems(electron, lines, Date.now())]);
}

function refuse(what, problems) {
  if (problems.length > 0) throw new Error(`this is no ${what}:\n${problems.slice(0, 20).join('\n')}`);
}
