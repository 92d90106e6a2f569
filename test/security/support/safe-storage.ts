import { randomBytes } from 'node:crypto';
import { keyring } from '../../people/credentials/support.ts';

/** A safeStorage that seals, and counts the calls that would hold up the whole till. */
export function fakeSafeStorage(
  backend: 'gnome_libsecret' | 'basic_text' | 'unknown',
  prefix: 'v10' | 'v11',
) {
  let synchronous = 0;
  const ring = keyring(randomBytes(32));
  const refused = () => {
    synchronous += 1;
    return Buffer.alloc(0);
  };
  return {
    synchronousCalls: () => synchronous,
    storage: {
      isAsyncEncryptionAvailable: async () => true,
      getSelectedStorageBackend: () => backend,
      encryptStringAsync: async (text: string) =>
        Buffer.concat([Buffer.from(prefix), await ring.encrypt(text)]),
      decryptStringAsync: async (sealed: Buffer) => ({
        shouldReEncrypt: false,
        result: await ring.decrypt(sealed.subarray(3)),
      }),
      encryptString: refused,
      decryptString: () => String(refused()),
      isEncryptionAvailable: () => refused().length === 0,
    },
  };
}
