import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIST_NAME, partsOf } from '../../main/updates/release-list.ts';
import { temporaryFolder } from '../kit/till.ts';
import { bytes, programOf, ranged, startFeed } from './feed.ts';

const root = resolve(import.meta.dirname, '../..');
const PASSPHRASE = 'a long word for tests';

async function run(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'scripts', `release-${script}.mjs`), ...args], {
    env: { ...process.env, COUNTERFOIL_RELEASE_PASSPHRASE: PASSPHRASE },
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out: out.trim(), said };
}

/** A folder of built installers, and a key. */
async function built() {
  const folder = temporaryFolder();
  const key = join(temporaryFolder(), 'release.pem');
  const names = ['Counterfoil-1.1.0-x86_64.AppImage', 'Counterfoil-1.1.0-arm64.deb', 'Counterfoil-1.1.0.exe'];
  for (const name of names) writeFileSync(join(folder, name), programOf('1.1.0'));
  writeFileSync(join(folder, 'builder-debug.yml'), 'none of ours');
  const made = await run('keys', `--out=${key}`);
  const sign = (...more: string[]) => run('sign', `--folder=${folder}`, `--key=${key}`, ...more);
  const changelog = join(temporaryFolder(), 'CHANGELOG.md');
  writeFileSync(
    changelog,
    '# Changes\n\n## 1.2.0\n\n- Later.\n\n## 1.1.0\n\n- Receipts in Malay.\n\n## 1.0.0\n\n- The first.\n',
  );
  const of = ['--version=1.1.0', '--floor=1.0.0', '--stage=10', '--days=30', '--for-tests'];
  return { folder, key, made, names, sign, whole: [...of, `--changelog=${changelog}`] };
}

/** The folder as a server has it. */
async function serve(folder: string) {
  const feed = await startFeed();
  for (const name of readdirSync(folder)) feed.served.set(name, ranged(readFileSync(join(folder, name))));
  return feed;
}

describe('a release', () => {
  it('is signed, and its own feed is downloaded and checked', async () => {
    const { folder, key, made, names, sign, whole } = await built();
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) });
    if (process.platform !== 'win32') expect(statSync(key).mode & 0o077).toBe(0);
    expect(readFileSync(key, 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
    expect(await sign(...whole)).toMatchObject({ code: 0 });
    const feed = await serve(folder);
    const verify = (...more: string[]) => run('verify', `--at=${feed.url}`, `--key=${made.out}`, ...more);
    const verified = await verify();
    expect(verified.said).toContain('1.1.0, 10 of 100 tills');
    for (const name of names) expect(verified.said).toContain(`${name} is what was signed`);
    expect(verified.code).toBe(0);
    // What a server has in its place is found out.
    feed.served.set(names[0] ?? '', bytes(programOf('1.1.0')));
    expect(await verify()).toMatchObject({ code: 1, said: expect.stringContaining('update-file-hash') });
    expect(await verify('--list-only')).toMatchObject({ code: 0 });
    const other = await run('verify', `--at=${feed.url}`, `--key=${Buffer.alloc(32, 1).toString('base64')}`);
    expect(other).toMatchObject({ code: 1, said: expect.stringContaining('update-list-unsigned') });
  });

  it('is raised and halted without its files', async () => {
    const { folder, sign, whole } = await built();
    await sign(...whole);
    const list = () =>
      JSON.parse(partsOf(readFileSync(join(folder, LIST_NAME))).list.toString()) as Record<string, unknown>;
    const notes = () => readFileSync(join(folder, 'notes.md'), 'utf8');
    expect(notes()).toBe('- Receipts in Malay.\n');
    // Whoever has an older version refuses a list with a field that it does not know.
    const fields = 'format product version floor issuedAt expiresAt stagePercent halt files';
    expect(Object.keys(list()).join(' ')).toBe(fields);
    const { files, version } = list();
    expect(await sign('--again', '--stage=100', '--halt', '--for-tests')).toMatchObject({ code: 0 });
    expect(list()).toMatchObject({ files, version, halt: true, stagePercent: 100, floor: '1.0.0' });
    expect(notes()).toBe('- Receipts in Malay.\n');
  });

  it('is refused where tills would refuse it', async () => {
    const { folder, key, sign, whole } = await built();
    const said = async (...args: string[]) => {
      const { code, said: words } = await sign(...args);
      expect(code).toBe(1);
      return words;
    };
    expect(await said(...whole, `--changelog=${join(root, 'README.md')}`)).toContain('says nothing of 1.1.0');
    expect(await said(...whole.filter((option) => option !== '--for-tests'))).toContain(
      'no program has this key',
    );
    expect(await said(...whole.slice(1))).toContain('--version is missing');
    expect(await said(...whole, '--stage=101')).toContain('from 0 to 100');
    expect(await said(...whole, '--days=365')).toContain('from 1 to 90');
    expect(await said(...whole, '--floor=1.2.0')).toContain('update-list-invalid floor');
    expect(await said(...whole, '--version=1.2.0')).toContain('is not of version 1.2.0');
    writeFileSync(join(folder, 'Counterfoil-1.1.0.AppImage'), 'x');
    expect(await said(...whole)).toContain('two files are for linux x64 appimage');
    writeFileSync(join(folder, 'Counterfoil-substitute-1.1.0.AppImage'), 'x');
    expect(await said(...whole)).toContain('never released');
    expect(readdirSync(folder)).not.toContain(LIST_NAME);
    expect(await run('keys', `--out=${key}`)).toMatchObject({ code: 1 });
    expect(await run('keys', `--out=${join(root, 'key.pem')}`)).toMatchObject({ code: 1 });
    expect(await run('verify')).toMatchObject({ code: 1 });
    expect(await run('verify', '--at=http://updates.example/', '--key=x')).toMatchObject({ code: 1 });
  });
});
