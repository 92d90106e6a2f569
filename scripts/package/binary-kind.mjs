// For which system and processor a program or an addon was made, by its own header: what a file's name says is somebody's word.

const elfMachines = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64' };
const peMachines = { 332: 'ia32', 34404: 'x64', 43620: 'arm64' };
const machTypes = { 16777223: 'x64', 16777228: 'arm64' };

const named = (names, number) => names[number] ?? `0x${number.toString(16)}`;

/** Where a header is cut off it is none. */
function read(bytes) {
  if (bytes.length < 20) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = view.getUint32(0);
  if (magic === 0x7f454c46)
    return { platform: 'linux', archs: [named(elfMachines, view.getUint16(18, true))] };
  if (magic === 0xcffaedfe) return { platform: 'darwin', archs: [named(machTypes, view.getUint32(4, true))] };
  if (magic === 0xcafebabe) {
    const parts = Array.from({ length: view.getUint32(4) }, (_, at) => view.getUint32(8 + 20 * at));
    return { platform: 'darwin', archs: parts.map((type) => named(machTypes, type)) };
  }
  if (view.getUint16(0) !== 0x4d5a) return null;
  const at = view.getUint32(0x3c, true);
  return view.getUint32(at) === 0x50450000
    ? { platform: 'win32', archs: [named(peMachines, view.getUint16(at + 4, true))] }
    : null;
}

/** As much of a file holds its header, and that of each processor's part. */
export const HEADER_BYTES = 4_096;

/**
 * What a file's first bytes say it is for; null where they are no program's.
 *
 * @param {Uint8Array} bytes the first `HEADER_BYTES` of the file, or all of it
 * @returns {{ platform: string, archs: string[] } | null} by Node's names; of more processors than one where it has a part for each
 */
export function binaryKind(bytes) {
  try {
    return read(bytes);
  } catch {
    return null;
  }
}

const isDatabase = (path) => /(^|\/)better-sqlite3\/.*\.node$/.test(path);

/**
 * Why these are not the programs of one package, in words; empty where they are. Without the one binary of the database that
 * is for this very computer a till opens nothing.
 *
 * @param {{ platform: string, arch: string }} wanted what the package is for, by Node's names; `universal` is both of a Mac's
 * @param {readonly { path: string, kind: ReturnType<typeof binaryKind> }[]} binaries the program and every addon, by paths with slashes
 */
export function binaryProblems({ platform, arch }, binaries) {
  const archs = arch === 'universal' ? ['arm64', 'x64'] : [arch];
  const problems = binaries.flatMap(({ path, kind }) => {
    if (kind === null) return [`${path}: no program for any system`];
    const isFor = kind.platform === platform && archs.every((of) => kind.archs.includes(of));
    return isFor
      ? []
      : [`${path}: for ${kind.platform}-${kind.archs.join('+')}, in a package for ${platform}-${arch}`];
  });
  const databases = binaries.filter(({ path }) => isDatabase(path));
  if (databases.length !== 1)
    problems.push(`it has ${databases.length} binaries of better-sqlite3, and needs one`);
  return problems;
}
