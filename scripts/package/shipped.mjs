// Whose code is in a package: each bundle's modules, and the two packages that are brought as they are. Their licences ask
// to be told of it, and whoever answers for the PCs wants a list that a machine can read (CycloneDX).
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { purlOf } from './supply.mjs';

/** The folder of the package that a module belongs to; null for a module of ours, or of no file. */
export function packageFolderOf(moduleId) {
  const path = moduleId.replaceAll('\\', '/').replace(/^\0/, '');
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  return found === null ? null : found[1];
}

/** A plugin of the bundler that notes in `noteFile` the folders of all packages it took something of. */
export function notePackages(noteFile) {
  return {
    name: 'note-packages',
    generateBundle(_options, bundle) {
      const ids = Object.values(bundle).flatMap((part) => Object.keys(part.modules ?? {}));
      const folders = new Set(ids.map(packageFolderOf).filter((folder) => folder !== null));
      mkdirSync(join(noteFile, '..'), { recursive: true });
      writeFileSync(noteFile, JSON.stringify([...folders].sort()));
    },
  };
}

const licenceNames = /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i;

/** Name, version, licence and its words, of the package in a folder. */
export function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => licenceNames.test(file));
  const words = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  return { name, version, licence: license ?? null, words };
}

/** All of them once, by name; throws where one does not say its licence: then nobody may ship it. */
export function shippedPackages(folders) {
  const found = new Map();
  for (const shipped of folders.map(readPackage)) {
    if (shipped.licence === null) throw new Error(`${shipped.name} names no licence`);
    found.set(`${shipped.name}@${shipped.version}`, shipped);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What a person reads. */
export function licencesText(packages) {
  const head =
    'Counterfoil is made with the work of others. These are their names and the words they ask to keep.';
  const parts = packages.map(({ name, version, licence, words }) =>
    [`${name} ${version} (${licence})`, words].filter((part) => part !== '').join('\n\n'),
  );
  return `${[head, ...parts].join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

/**
 * What a machine reads: CycloneDX 1.6. `integrityOf` gives npm's own hash of a package, from the lock file, or undefined.
 */
export function billOfMaterials(packages, { name, version }, integrityOf) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version } },
    components: packages.map((shipped) => {
      const purl = purlOf(shipped.name, shipped.version);
      const hash = /^sha512-(.+)$/.exec(integrityOf(shipped) ?? '');
      return {
        ...{ type: 'library', 'bom-ref': purl, purl, name: shipped.name, version: shipped.version },
        licenses: [{ expression: shipped.licence }],
        ...(hash === null
          ? {}
          : { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash[1], 'base64').toString('hex') }] }),
      };
    }),
  };
}
