// What signing and verifying of releases share.
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Refusal } from './common.mjs';

/** The 32 bytes of a public key in base64, as the program has them. */
export const publicText = (key) =>
  Buffer.from(key.export({ format: 'jwk' }).x, 'base64url').toString('base64');

/** From the environment where a machine signs, else from whoever sits there. Never from the command line, which others can see. */
export async function askPassphrase({ isNew = false } = {}) {
  const given = process.env.COUNTERFOIL_RELEASE_PASSPHRASE;
  if (given !== undefined) return given;
  const asking = askHidden(process.stdin, process.stderr);
  try {
    const passphrase = await asking.ask('Passphrase of the release key: ');
    if (passphrase.length < 12) throw new Refusal('a passphrase of twelve characters at least');
    // What is typed is not seen: a slip of the finger would lock the key away for good.
    if (isNew && (await asking.ask('Once more: ')) !== passphrase) throw new Refusal('they are not the same');
    return passphrase;
  } finally {
    asking.close();
  }
}

/** Asks one thing after the other; what is typed goes to no screen, where a terminal would show it. */
export function askHidden(input, output) {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: input.isTTY === true });
  lines.on('SIGINT', () => process.exit(130));
  const given = lines[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      output.write(question);
      const { value, done } = await given.next();
      output.write('\n');
      if (done) throw new Refusal('nothing was typed');
      return value;
    },
    close: () => lines.close(),
  };
}

export function readPrivateKey(path, passphrase) {
  try {
    const key = createPrivateKey({ key: readFileSync(path), passphrase });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Which of the two is wrong is nobody's business.
  }
  throw new Refusal('the key cannot be read: another file, or another passphrase');
}

export const publicTextOf = (privateKey) => publicText(createPublicKey(privateKey));

export async function sha512Of(path) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** How a built file's ending and the words in its name say what it is for; null for what is no installer. */
export function kindOf(name) {
  const arch = /arm64|aarch64/.test(name) ? 'arm64' : 'x64';
  if (name.endsWith('.AppImage')) return { platform: 'linux', arch, kind: 'appimage' };
  if (name.endsWith('.deb')) return { platform: 'linux', arch, kind: 'deb' };
  if (name.endsWith('.exe')) return { platform: 'win32', arch, kind: 'nsis' };
  if (name.endsWith('.zip')) return { platform: 'darwin', arch, kind: 'mac-zip' };
  return null;
}

/** The installers of a folder, as the list tells of them. */
export async function installersIn(folder, version) {
  const files = [];
  for (const name of readdirSync(folder).sort()) {
    const kind = kindOf(name);
    if (kind === null) continue;
    if (/substitute|test/i.test(name)) throw new Refusal(`${name} is a build for tests: never released`);
    if (!name.includes(version)) throw new Refusal(`${name} is not of version ${version}`);
    const path = join(folder, name);
    files.push({ ...kind, name, size: statSync(path).size, sha512: await sha512Of(path) });
  }
  if (files.length === 0) throw new Refusal(`no installers in ${folder}`);
  const kinds = files.map(({ platform, arch, kind }) => `${platform} ${arch} ${kind}`);
  const twice = kinds.find((kind, place) => kinds.indexOf(kind) !== place);
  if (twice !== undefined) throw new Refusal(`two files are for ${twice}`);
  return files;
}
