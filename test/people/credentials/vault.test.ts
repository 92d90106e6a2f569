import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SecretStore } from '../../../main/kernel/ports.ts';
import { createMemoryVault, createVault, VAULT_FILE } from '../../../main/people/credentials/vault.ts';
import { keyring, random, temporaryFolder } from './support.ts';

const APP_KEY = '683617643339437382';

async function saved(folder = temporaryFolder(), key = randomBytes(32)) {
  const vault = createVault({ folder, secrets: keyring(key), random });
  const result = await vault.save(APP_KEY);
  if (!result.ok) throw new Error(result.error.code);
  return { folder, key, vault, secrets: result.value };
}

test('what was saved is there after a restart', async () => {
  const { folder, key, secrets } = await saved();
  const later = createVault({ folder, secrets: keyring(key), random });
  expect(await later.load()).toEqual({ state: 'present', secrets });
  expect(secrets.appKey).toBe(APP_KEY);
  expect(secrets.pinPepper).toHaveLength(32);
});

test('nothing saved is absent, not lost', async () => {
  const vault = createVault({ folder: temporaryFolder(), secrets: keyring(randomBytes(32)), random });
  expect(await vault.load()).toEqual({ state: 'absent' });
});

test('the file holds neither the key nor the pepper, belongs to its owner, and is alone', async () => {
  const { folder, secrets } = await saved();
  const path = join(folder, VAULT_FILE);
  const text = readFileSync(path, 'utf8');
  for (const encoding of ['utf8', 'base64', 'hex'] as const) {
    expect(text).not.toContain(Buffer.from(APP_KEY).toString(encoding));
    expect(text).not.toContain(secrets.pinPepper.toString(encoding));
  }
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual([VAULT_FILE]);
});

test('a replaced key keeps the pepper and the key of the journal, so that the PIN still opens and the chain goes on', async () => {
  const { vault, secrets } = await saved();
  const replaced = await vault.save('another-key');
  expect(replaced).toEqual({ ok: true, value: { ...secrets, appKey: 'another-key' } });
  expect(await vault.load()).toEqual({ state: 'present', secrets: replaced.ok ? replaced.value : null });
});

test('the secrets that a session works with are kept as they are, also where what is sealed cannot be read', async () => {
  const { folder, secrets } = await saved();
  const other = createVault({ folder, secrets: keyring(randomBytes(32)), random });
  const replaced = { state: 'present', secrets: { ...secrets, appKey: 'another-key' } };
  expect(await other.save('another-key', secrets)).toEqual({ ok: true, value: replaced.secrets });
  expect(await other.load()).toEqual(replaced);
});

test('with another keyring the vault is lost, stays on the disk, and takes a new key', async () => {
  const { folder, key } = await saved();
  const before = readFileSync(join(folder, VAULT_FILE));
  const other = createVault({ folder, secrets: keyring(randomBytes(32)), random });
  expect(await other.load()).toEqual({ state: 'lost', reason: 'cannot-decrypt' });
  expect(readFileSync(join(folder, VAULT_FILE))).toEqual(before);
  const back = createVault({ folder, secrets: keyring(key), random });
  expect((await back.load()).state).toBe('present');
  expect((await other.save('new-key')).ok).toBe(true);
  expect(await other.load()).toMatchObject({ state: 'present', secrets: { appKey: 'new-key' } });
});

test.each(['keyring-unavailable', 'keyring-plain-text'] as const)(
  '%s: nothing is written, and what is there is lost for now',
  async (problem) => {
    const { folder, key } = await saved();
    const before = readFileSync(join(folder, VAULT_FILE));
    const vault = createVault({ folder, secrets: keyring(key, problem), random });
    expect(await vault.load()).toEqual({ state: 'lost', reason: problem });
    expect(await vault.save('new-key')).toEqual({ ok: false, error: { code: problem } });
    expect(readFileSync(join(folder, VAULT_FILE))).toEqual(before);
  },
);

test.each(['', '{', '{"version":2,"sealed":{}}', '\0\0\0\0'])(
  'a damaged file is lost, not absent: %j',
  async (text) => {
    const { folder, vault } = await saved();
    writeFileSync(join(folder, VAULT_FILE), text);
    expect(await vault.load()).toEqual({ state: 'lost', reason: 'damaged-file' });
  },
);

test('a vault in which one secret is missing is lost', async () => {
  const { folder, vault } = await saved();
  const path = join(folder, VAULT_FILE);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { sealed: Record<string, string> };
  delete file.sealed['pinPepper'];
  writeFileSync(path, JSON.stringify(file));
  expect(await vault.load()).toEqual({ state: 'lost', reason: 'cannot-decrypt' });
});

test('the vault in memory keeps its pepper when the key changes', async () => {
  const vault = createMemoryVault(null, random);
  expect(await vault.load()).toEqual({ state: 'absent' });
  const first = await vault.save('one');
  const second = await vault.save('two');
  expect(second.ok && first.ok && second.value.pinPepper).toBe(first.ok && first.value.pinPepper);
});

test('a vault whose journal key was taken out is lost, and stays as it is', async () => {
  const { folder, vault } = await saved();
  const path = join(folder, VAULT_FILE);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { sealed: Record<string, string> };
  delete file.sealed['journalKey'];
  const text = JSON.stringify(file);
  writeFileSync(path, text);
  expect(await vault.load()).toEqual({ state: 'lost', reason: 'cannot-decrypt' });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

const sealedIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, VAULT_FILE), 'utf8')) as { sealed: Record<string, string> };

function signal() {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

test('a new key and a note of the machine at once are both kept, whichever the keyring seals first', async () => {
  const folder = temporaryFolder();
  const ring = keyring(randomBytes(32));
  const [asked, answer] = [signal(), signal()];
  // The keyring waits for the test with what begins as a machine does.
  const slow: SecretStore = {
    ...ring,
    encrypt: async (secret) => {
      if (secret.startsWith('{')) {
        asked.give();
        await answer.given;
      }
      return ring.encrypt(secret);
    },
  };
  const vault = createVault({ folder, secrets: slow, random });
  const first = await vault.save(APP_KEY);
  const noting = vault.keepMachine?.('{"board":"x"}');
  await asked.given;
  await vault.save('another-key', first.ok ? first.value : null);
  answer.give();
  await noting;
  expect(await vault.load()).toMatchObject({
    state: 'present',
    secrets: { appKey: 'another-key', machine: '{"board":"x"}' },
  });
  // And where both come to write at the same moment.
  for (let key = 0; key < 20; key += 1) {
    const machine = `board-${key}`;
    await Promise.all([
      vault.save(`key-${key}`, first.ok ? first.value : null),
      vault.keepMachine?.(machine),
    ]);
    expect(await vault.load()).toMatchObject({ secrets: { appKey: `key-${key}`, machine } });
  }
});

test('a note of the machine that does not open is none, and the secrets beside it are there', async () => {
  const { folder, vault, secrets } = await saved();
  await vault.keepMachine?.('{"board":"x"}');
  expect(await vault.load()).toEqual({ state: 'present', secrets: { ...secrets, machine: '{"board":"x"}' } });
  const file = sealedIn(folder);
  writeFileSync(
    join(folder, VAULT_FILE),
    JSON.stringify({ ...file, sealed: { ...file.sealed, machine: 'AAAA' } }),
  );
  expect(await vault.load()).toEqual({ state: 'present', secrets });
  await vault.keepMachine?.('{"board":"y"}');
  expect(await vault.load()).toEqual({ state: 'present', secrets: { ...secrets, machine: '{"board":"y"}' } });
});

test('the machine of a till without secrets is not kept, nor where the keyring or the disk refuses', async () => {
  const empty = createVault({ folder: temporaryFolder(), secrets: keyring(randomBytes(32)), random });
  await empty.keepMachine?.('{}');
  expect(await empty.load()).toEqual({ state: 'absent' });
  const { folder, key, secrets } = await saved();
  const locked = { ...keyring(key), encrypt: () => Promise.reject(new Error('locked')) };
  await expect(createVault({ folder, secrets: locked, random }).keepMachine?.('{}')).rejects.toThrow(
    'locked',
  );

  let isFull = true;
  const uuid = () => {
    if (isFull) throw new Error('the disk is full');
    return random.uuid();
  };
  const vault = createVault({ folder, secrets: keyring(key), random: { ...random, uuid } });
  await expect(vault.keepMachine?.('{}')).rejects.toThrow('the disk is full');
  expect(await vault.load()).toEqual({ state: 'present', secrets });
  // What failed holds back nothing that comes after it.
  isFull = false;
  await vault.save('another-key', secrets);
  expect(await vault.load()).toEqual({ state: 'present', secrets: { ...secrets, appKey: 'another-key' } });
});

test('the owner’s key is not told as kept where there are no keys beside it', async () => {
  const vault = createVault({ folder: temporaryFolder(), secrets: keyring(randomBytes(32)), random });
  await expect(vault.keepOwnerKey?.('c2VlZA==')).rejects.toThrow('no keys');
});

test('the owner’s key lies beside the secrets, and stays with a new App key and another machine', async () => {
  const { folder, vault, secrets } = await saved();
  await vault.keepOwnerKey?.('c2VlZA==');
  await vault.keepMachine?.('{"board":"x"}');
  await vault.save('another-key', secrets);
  expect(await vault.load()).toEqual({
    state: 'present',
    secrets: { ...secrets, appKey: 'another-key', ownerKey: 'c2VlZA==', machine: '{"board":"x"}' },
  });
  expect(readFileSync(join(folder, VAULT_FILE), 'utf8')).not.toContain('c2VlZA==');
});
