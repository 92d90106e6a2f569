import type { SafeStorage } from 'electron';
import type { SecretStore } from '../../kernel/ports.ts';

type AsyncSafeStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

const linuxKeyrings: readonly string[] = ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'];

/**
 * Chromium on Linux prefixes `v10` to what it encrypts under a password in its own source ("peanuts"), and `v11` or
 * higher to a keyring's (chromium/components/os_crypt). The asynchronous calls choose their provider, so the back end's
 * name alone is not enough.
 */
const isSealedWithPublicPassword = (sealed: Buffer): boolean =>
  sealed.subarray(0, 3).toString('latin1') === 'v10';

class PlainTextKeyring extends Error {
  constructor() {
    super('the system has no keyring: Chromium would hide the secret under a password that is public');
  }
}

/** The system's keyring. `problem()` encrypts a test value to see how, and may ask the person to unlock the keyring. */
export function createSafeStorageSecretStore(
  safeStorage: AsyncSafeStorage,
  platform: NodeJS.Platform = process.platform,
): SecretStore {
  const encrypt = async (secret: string): Promise<Buffer> => {
    const sealed = await safeStorage.encryptStringAsync(secret);
    if (platform === 'linux' && isSealedWithPublicPassword(sealed)) throw new PlainTextKeyring();
    return sealed;
  };
  return {
    encrypt,
    decrypt: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
    problem: async () => {
      if (platform === 'linux') {
        const backend = safeStorage.getSelectedStorageBackend();
        if (backend === 'basic_text') return 'keyring-plain-text';
        if (!linuxKeyrings.includes(backend)) return 'keyring-unavailable';
      }
      try {
        if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'keyring-unavailable';
        await encrypt('counterfoil');
        return null;
      } catch (error) {
        return error instanceof PlainTextKeyring ? 'keyring-plain-text' : 'keyring-unavailable';
      }
    },
  };
}
