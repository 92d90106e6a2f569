import { describe, expect, test } from 'vitest';
import { createSafeStorageSecretStore } from '../../main/app/electron/secret-store.ts';

type Backend = 'basic_text' | 'gnome_libsecret' | 'kwallet' | 'kwallet5' | 'kwallet6' | 'unknown';

function safeStorage({
  backend = 'gnome_libsecret' as Backend,
  available = true,
  prefix = 'v11',
  fails = false,
}) {
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text: string) => {
      if (fails) throw new Error('keyring is locked');
      return Buffer.from(prefix + Buffer.from(text).toString('hex'));
    },
    decryptStringAsync: async (sealed: Buffer) => ({
      shouldReEncrypt: false,
      result: Buffer.from(sealed.toString().slice(prefix.length), 'hex').toString(),
    }),
  };
}
const store = (given: Parameters<typeof safeStorage>[0], platform: NodeJS.Platform = 'linux') =>
  createSafeStorageSecretStore(safeStorage(given), platform);

test('seals and opens', async () => {
  const keyring = store({});
  const sealed = await keyring.encrypt('the key');
  expect(sealed.toString()).not.toContain('the key');
  expect(await keyring.decrypt(sealed)).toBe('the key');
});

describe('on Linux', () => {
  test.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const)(
    '%s is a keyring',
    async (backend) => {
      expect(await store({ backend }).problem()).toBeNull();
    },
  );
  test.each([
    [{ backend: 'basic_text' as const }, 'keyring-plain-text'],
    [{ backend: 'unknown' as const }, 'keyring-unavailable'],
    [{ backend: 'a_new_one' as Backend }, 'keyring-unavailable'],
    [{ available: false }, 'keyring-unavailable'],
    [{ fails: true }, 'keyring-unavailable'],
    [{ prefix: 'v10' }, 'keyring-plain-text'],
  ])('%j is none', async (given, problem) => {
    expect(await store(given).problem()).toBe(problem);
  });
  test('what was sealed under a public password is not handed out to be kept', async () => {
    await expect(store({ prefix: 'v10' }).encrypt('the key')).rejects.toThrow('no keyring');
  });
});

test.each(['win32', 'darwin'] as const)('on %s the mark v10 is the keyring itself', async (platform) => {
  expect(await store({ prefix: 'v10', backend: 'unknown' }, platform).problem()).toBeNull();
  expect(await store({ available: false }, platform).problem()).toBe('keyring-unavailable');
});
