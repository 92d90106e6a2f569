// Where what is shipped comes from, and whether it may be: Electron's line, npm's lock file, the bill of materials, and the
// fuses of the program that was made. Each gives what stands against it, in words.

const dayMs = 86_400_000;
/** A new line comes each eight weeks: an older reading may have missed one that ended another. */
const readingGoodForDays = 30;
const supportedLines = 3;

/**
 * Whether an Electron is of a line that still gets its security fixes, by a reading of Electron's releases that was made
 * lately.
 *
 * @param {string} version
 * @param {{ readOn: string, firstOfLine: Readonly<Record<string, string>> }} lines `electron-lines.json`
 * @param {number} nowMs
 */
export function electronProblems(version, lines, nowMs) {
  const ageDays = (nowMs - Date.parse(lines.readOn)) / dayMs;
  if (!(ageDays >= 0 && ageDays <= readingGoodForDays))
    return [`Electron's lines were read on ${lines.readOn}: read them anew (docs/releasing.md)`];
  const supported = Object.entries(lines.firstOfLine)
    .filter(([, since]) => Date.parse(since) <= nowMs)
    .map(([line]) => Number(line))
    .sort((a, b) => b - a)
    .slice(0, supportedLines);
  if (/^\d+\.\d+\.\d+$/.test(version) && supported.includes(Number.parseInt(version, 10))) return [];
  return [`Electron ${version} is of no line that is supported: ${supported.join(', ')}`];
}

/** Those that say they run something when they are installed; `.npmrc` keeps them from it. */
const mayHaveInstallScripts = new Set(['electron-winstaller']);
const registry = 'https://registry.npmjs.org/';
const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/**
 * Whether npm installs what was locked, from its own registry, and runs nothing of it.
 *
 * @param {{ packages: Readonly<Record<string, Record<string, unknown>>> }} lock `package-lock.json`
 * @param {string} npmrc
 */
export function lockProblems(lock, npmrc) {
  const { '': own = {}, ...packages } = lock.packages;
  const settings = npmrc.split('\n').map((line) => line.replaceAll(' ', ''));
  const ofNpm = [
    ...(settings.includes('ignore-scripts=true') ? [] : ['.npmrc: install scripts are run']),
    ...settings.filter((line) => /^(@[^:]+:)?registry=/.test(line)).map((line) => `.npmrc: ${line}`),
  ];
  const wanted = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies };
  const loose = Object.entries(wanted).filter(([, version]) => !exact.test(version));
  return [
    ...ofNpm,
    ...loose.map(([name, version]) => `${name}: wanted as ${version}`),
    ...Object.entries(packages).flatMap(([path, entry]) => entryProblems(path, entry)),
  ];
}

function entryProblems(path, { version, integrity, resolved, link, hasInstallScript }) {
  const name = path.replace(/^.*node_modules\//, '');
  return [
    /^sha512-[\w+/]{86}==$/.test(integrity ?? '') ? null : `${name}: no hash`,
    exact.test(version ?? '') && !link ? null : `${name}: no version of a registry`,
    // Without an address it comes from the registry that npm is set to.
    resolved === undefined || resolved.startsWith(registry) ? null : `${name}: from ${resolved}`,
    hasInstallScript && !mayHaveInstallScripts.has(name) ? `${name}: runs something when installed` : null,
  ].filter((problem) => problem !== null);
}

/**
 * Whether a bill of materials names all that is in a package.
 *
 * @param {{ components: readonly { purl: string }[] }} bill
 * @param {readonly { name: string, version: string }[]} packages what lies in the archive, and Electron
 */
export function billProblems(bill, packages) {
  const named = new Set(bill.components.map(({ purl }) => purl));
  return packages
    .filter(({ name, version }) => !named.has(purlOf(name, version)))
    .map(({ name, version }) => `${name} ${version} is not in the bill of materials`);
}

export const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** By the names that @electron/fuses gives them. */
export const wantedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

/** @param {Readonly<Record<string, boolean>>} fuses as read from the program */
export const fuseProblems = (fuses) =>
  Object.entries(wantedFuses)
    .filter(([name, isOn]) => fuses[name] !== isOn)
    .map(([name, isOn]) => `the fuse ${name} is not ${isOn ? 'on' : 'off'}`);
