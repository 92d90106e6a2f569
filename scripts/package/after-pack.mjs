// Called by electron-builder when a program lies in its folder, before it is packed, signed or named: what is no release is
// not built as one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { RELEASE_KEYS } from '../../main/updates/release-feed.ts';
import { root } from '../lib/common.mjs';
import { isSubstituteName, releaseProblems, testBuildProblems } from './release-guard.mjs';

const json = (text) => JSON.parse(text);

/** Everything in the archive that is a file, by its path with slashes; the archive itself is asked by the system's. */
const filesOfArchive = (archive) =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replace(/^[\\/]/, ''))
    .filter((path) => path !== '' && !('files' in statFile(archive, path)))
    .map((path) => path.replaceAll('\\', '/'));

export default async function afterPack(context) {
  const { packager, appOutDir } = context;
  const archive = join(packager.getResourcesDir(appOutDir), 'app.asar');
  const shipped = json(extractFile(archive, 'package.json').toString('utf8'));
  const files = filesOfArchive(archive);
  if (isSubstituteName(shipped.productName)) return refuse('build for tests', testBuildProblems(files));
  const problems = releaseProblems({
    files,
    version: shipped.version,
    productName: shipped.productName,
    main: shipped.main,
    electron: packager.info.framework.version,
    wantedElectron: json(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron,
    hasSubstituteNote: 'substituteFor' in shipped,
    releaseKeys: RELEASE_KEYS.length,
  });
  refuse('release', problems);
}

function refuse(what, problems) {
  if (problems.length > 0) throw new Error(`this is no ${what}:\n${problems.slice(0, 20).join('\n')}`);
}
