// `npm run release:keys -- --out=FILE`: makes one of the two keys that sign lists of releases. The private half goes,
// sealed by a passphrase, into a file that lies nowhere near this source tree; the public half is printed, for
// RELEASE_KEYS in main/updates/release-feed.ts.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal, root, runMain } from './lib/common.mjs';
import { askPassphrase, publicText } from './lib/release.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' } } });

await runMain(async () => {
  if (values.out === undefined) throw new Refusal('--out=FILE is missing');
  const path = resolve(values.out);
  if (path.startsWith(root + sep)) throw new Refusal('a private key must not lie in the source tree');
  if (existsSync(path)) throw new Refusal(`${path} is there already`);
  const passphrase = await askPassphrase({ isNew: true });
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const sealed = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
  writeFileSync(path, sealed, { flag: 'wx', mode: 0o600 });
  process.stdout.write(`${publicText(publicKey)}\n`);
  return 0;
});
