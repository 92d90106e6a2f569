// What a package may hold. A release that holds more, or was made from something else than what it says, is not built.

/** A build for tests: its name says so, and a release's never does. */
export const isSubstituteName = (name) => name.endsWith('-substitute');

/** Files of the archive that a package may have: the bundles, and the two modules that are brought as they are. */
const mayHave = [
  /^package\.json$/,
  /^out\/(main|preload)\/[\w.-]+\.cjs$/,
  /^out\/renderer\/(index|customer)\.html$/,
  /^out\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg|png)$/,
  /^out\/main\/(chunks|assets)\/[\w.-]+\.(cjs|png|ico)$/,
  /^out\/main\/[\w-]+-[\w-]{8}\.cjs\.bytecode$/,
  /^out\/(licences|sbom)\.(txt|json)$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/.*\.js)$/,
  /^node_modules\/better-sqlite3\/(build|prebuilds)\/.*\.node$/,
  /^node_modules\/(bindings|file-uri-to-path)\/(package\.json|LICENSE(\.md)?|[\w-]+\.js)$/,
  /^node_modules\/undici\/(package\.json|index(-fetch)?\.js|(lib\/.*\/)?LICENSE|lib\/.*\.(js|wasm))$/,
];

/** Whatever else is in it, these are never: what a person reading a refusal should hear first. */
const never = [
  [/(^|\/)substitute(\/|$)/, 'of the substitute runtime'],
  [/\.map$/, 'a source map'],
  [/\.(ts|tsx|mts|cts)$/, 'a source file'],
  [/(^|\/)test(s)?\//, 'a test'],
];

/** What starts a build for tests, and what it puts in the place of modules. */
const ofSubstitute = /^scripts\/substitute\/[\w-]+\.cjs$/;

/** Why a build for tests is not made: it holds else what a release does. */
export const testBuildProblems = (files) =>
  files
    .filter((path) => !ofSubstitute.test(path))
    .map(fileProblem)
    .filter((problem) => problem !== null)
    .concat(bytecodeProblems(files));

/** V8 takes whatever bytecode is as long as its source says: what is of no part here is of another build. */
const bytecodeProblems = (files) =>
  files
    .filter((path) => path.endsWith('.bytecode') && !files.includes(path.slice(0, -'.bytecode'.length)))
    .map((path) => `${path}: bytecode without its source`);

function fileProblem(path) {
  for (const [pattern, what] of never) if (pattern.test(path)) return `${path}: ${what}`;
  return mayHave.some((pattern) => pattern.test(path)) ? null : `${path}: nobody has said that it is shipped`;
}

/**
 * Why this is no release, in words; empty where it is one.
 *
 * @param {{ files: readonly string[], version: string, productName: string, main: string, electron: string,
 *   wantedElectron: string, hasSubstituteNote: boolean, releaseKeys: number }} built what lies in the package, by paths with slashes, and
 *   what it was made with
 */
export function releaseProblems(built) {
  const problems = built.files.map(fileProblem).filter((problem) => problem !== null);
  problems.push(...bytecodeProblems(built.files));
  if (built.electron !== built.wantedElectron)
    problems.push(`it holds Electron ${built.electron}, and package.json says ${built.wantedElectron}`);
  if (built.main !== 'out/main/index.cjs') problems.push(`it starts ${built.main}`);
  // A shop that has such a program would never hear of another one.
  if (built.releaseKeys === 0)
    problems.push('it has no key to check a list of releases by: no update would ever reach it');
  if (built.hasSubstituteNote)
    problems.push('its package.json names a program that a substitute runtime starts');
  for (const [what, name] of [
    ['product', built.productName],
    ['version', built.version],
  ])
    if (isSubstituteName(name)) problems.push(`its ${what} is ${name}`);
  return problems;
}
