// Writes `files.new` into a folder that is to be packed: size, SHA-256 and path of each file. The installer gives it the name
// that makes a version whole (`files.txt`) once it has read every file back.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ownNames = new Set(['files.new', 'files.txt']);

/** The lines of the list: `<bytes> <SHA-256> <path with backslashes>`, sorted by path. */
export function fileLines(folder) {
  const isFile = (path) => statSync(join(folder, path)).isFile();
  const line = (path) => {
    const bytes = readFileSync(join(folder, path));
    const sum = createHash('sha256').update(bytes).digest('hex');
    return `${bytes.length} ${sum} ${path.replaceAll('/', '\\')}`;
  };
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => !ownNames.has(path) && isFile(path))
    .sort()
    .map(line);
}

export function listFiles(folder) {
  writeFileSync(join(folder, 'files.new'), `${fileLines(folder).join('\r\n')}\r\n`);
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? '';
  // A version without its launcher would never be started.
  statSync(join(folder, 'launcher.exe'));
  listFiles(folder);
}
