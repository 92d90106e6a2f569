// Writes out/licences.txt and out/sbom.json of what was built, for the package and for its About screen.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, root } from '../lib/common.mjs';
import { billOfMaterials, licencesText, readPackage, shippedPackages } from './shipped.mjs';

const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/**
 * Brought as they are, and so in no bundle: two packages, and a font that a style sheet names. What better-sqlite3 depends
 * on is headers alone, and stays behind.
 */
const brought = ['better-sqlite3', 'undici', '@fontsource-variable/inter'].map((name) =>
  join(root, 'node_modules', name),
);

export const noteFiles = ['main', 'preload', 'renderer'].map((part) =>
  join(root, 'node_modules', '.cache', 'counterfoil', 'bundled', `${part}.json`),
);

/** `electron` is the version of the runtime that all of it is packed with. */
export function writeShipped(electron) {
  const missing = noteFiles.find((file) => !existsSync(file));
  if (missing !== undefined) throw new Refusal(`${missing} is missing: build first`);
  const bundled = noteFiles.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')));
  const runtime = { ...readPackage(join(root, 'node_modules', 'electron')), version: electron };
  const packages = [...shippedPackages([...bundled, ...brought]), runtime];
  const { packages: locked } = readJson('package-lock.json');
  const integrityOf = ({ name, version }) =>
    Object.entries(locked).find(
      ([path, at]) => path.endsWith(`node_modules/${name}`) && at.version === version,
    )?.[1].integrity;
  writeFileSync(join(root, 'out', 'licences.txt'), licencesText(packages));
  const { productName: name, version } = readJson('package.json');
  writeFileSync(
    join(root, 'out', 'sbom.json'),
    `${JSON.stringify(billOfMaterials(packages, { name, version }, integrityOf), null, 1)}\n`,
  );
}
