import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { isMissing, isRefusedForNow, whileRefused } from '../../kernel/held-file.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Random, SecretStore } from '../../kernel/ports.ts';

/** Never leaves the main process, never reaches a log. */
export interface VaultSecrets {
  readonly appKey: string;
  /** 32 bytes mixed into a PIN before hashing, so that the database alone is useless for guessing. */
  readonly pinPepper: Buffer;
  /** 32 bytes: the journal's MAC key. */
  readonly journalKey: Buffer;
  /** The fingerprint of the machine the till last sent from, as text; absent where none was stored. */
  readonly machine?: string;
  /** The private half of a chain owner's key, where it was made or taken here (ADR 89). */
  readonly ownerKey?: string;
}

/** Secrets that survive a new appKey: the pepper checks PINs, the journal's chain continues. */
export type LastingSecrets = Pick<VaultSecrets, 'pinPepper' | 'journalKey'>;

/** Why the secrets cannot be read; the file is not changed, since a keyring may come back. */
export type VaultLoss = 'keyring-unavailable' | 'keyring-plain-text' | 'cannot-decrypt' | 'damaged-file';

export type VaultState =
  | { readonly state: 'present'; readonly secrets: VaultSecrets }
  | { readonly state: 'absent' }
  | { readonly state: 'lost'; readonly reason: VaultLoss };

export interface Vault {
  /** Throws where another program holds the file, which says nothing of its content. */
  load(): Promise<VaultState>;
  /**
   * Stores a new appKey; resolves once it is on the disk. Pepper and journal key stay, or are created where missing
   * or lost: a new journal key opens a new chain. An open session passes its secrets as `inUse`, so that a keyring
   * failing for a moment does not replace them. Fails where the keyring is not safe.
   */
  save(appKey: string, inUse?: LastingSecrets | null): Promise<Result<VaultSecrets>>;
  /** Stores the machine's fingerprint beside the secrets; throws where the keyring or the disk refuses. */
  keepMachine?(machine: string): Promise<void>;
  /** The same for a chain owner's key. */
  keepOwnerKey?(ownerKey: string): Promise<void>;
}

const vaultFileSchema = z.object({
  version: z.literal(1),
  /** Each encrypted separately, in base64. */
  sealed: z.record(z.string(), z.string()),
});
type VaultFile = z.infer<typeof vaultFileSchema>;

export const VAULT_FILE = 'vault.json';
const KEY_BYTES = 32;

const names = ['appKey', 'pinPepper', 'journalKey'] as const;

/** What may lie beside them, and stays when they are saved anew. */
const besides = ['machine', 'ownerKey'] as const;
type Beside = (typeof besides)[number];

export interface VaultOptions {
  readonly folder: string;
  readonly secrets: SecretStore;
  readonly random: Pick<Random, 'bytes' | 'uuid'>;
}

async function readVaultFile(path: string): Promise<VaultFile | 'absent' | 'damaged'> {
  let text: string;
  try {
    text = await whileRefused(() => readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return 'absent';
    // The file may be intact: replacing the keys would start another journal.
    if (isRefusedForNow(error)) throw error;
    // A folder instead, or no right to read it: treated as damaged and left as it is.
    return 'damaged';
  }
  try {
    return vaultFileSchema.parse(JSON.parse(text));
  } catch {
    return 'damaged';
  }
}

async function openFile(secrets: SecretStore, file: VaultFile): Promise<VaultSecrets | null> {
  try {
    const [appKey, pepper, journal] = await Promise.all(
      names.map((name) => secrets.decrypt(Buffer.from(file.sealed[name] ?? '', 'base64'))),
    );
    const [pinPepper, journalKey] = [pepper, journal].map((text) => Buffer.from(text ?? '', 'base64'));
    if (!appKey || pinPepper?.length !== KEY_BYTES || journalKey?.length !== KEY_BYTES) return null;
    const beside = await Promise.all(
      besides.map(async (name) => [name, await openBeside(secrets, file.sealed[name])] as const),
    );
    const there = beside.filter(([, text]) => text !== null);
    return { appKey, pinPepper, journalKey, ...Object.fromEntries(there) };
  } catch {
    return null;
  }
}

/** Unreadable counts as not stored: the journal knows the machine, a code brings the owner's key back, and the secrets are intact. */
async function openBeside(secrets: SecretStore, sealed: string | undefined): Promise<string | null> {
  if (sealed === undefined) return null;
  try {
    return await secrets.decrypt(Buffer.from(sealed, 'base64'));
  } catch {
    return null;
  }
}

/** The vault on disk: `vault.json` in the data folder, each secret encrypted by the system's keyring. */
export function createVault({ folder, secrets, random }: VaultOptions): Vault {
  const path = join(folder, VAULT_FILE);
  /** Serialises read-modify-write; it never waits for the keyring meanwhile. */
  const runExclusive = createMutex();

  const seal = async (secret: string) => (await secrets.encrypt(secret)).toString('base64');

  const write = async (file: VaultFile): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFileAtomically(path, `${JSON.stringify(file, null, 2)}\n`, random.uuid());
  };

  async function load(): Promise<VaultState> {
    const file = await readVaultFile(path);
    if (file === 'absent') return { state: 'absent' };
    if (file === 'damaged') return { state: 'lost', reason: 'damaged-file' };
    const problem = await secrets.problem();
    if (problem !== null) return { state: 'lost', reason: problem };
    const opened = await openFile(secrets, file);
    return opened === null
      ? { state: 'lost', reason: 'cannot-decrypt' }
      : { state: 'present', secrets: opened };
  }

  async function keptOrMade(): Promise<LastingSecrets> {
    const before = await load();
    if (before.state === 'present') return before.secrets;
    return { pinPepper: random.bytes(KEY_BYTES), journalKey: random.bytes(KEY_BYTES) };
  }

  async function save(appKey: string, inUse: LastingSecrets | null = null): Promise<Result<VaultSecrets>> {
    const problem = await secrets.problem();
    if (problem !== null) return err(appError(problem));
    const { pinPepper, journalKey } = inUse ?? (await keptOrMade());
    const sealed = {
      appKey: await seal(appKey),
      pinPepper: await seal(pinPepper.toString('base64')),
      journalKey: await seal(journalKey.toString('base64')),
    };
    await runExclusive(async () => {
      const before = await readVaultFile(path);
      const kept = Object.entries(typeof before === 'string' ? {} : before.sealed);
      const beside = kept.filter(([name]) => besides.some((known) => known === name));
      await write({ version: 1, sealed: { ...sealed, ...Object.fromEntries(beside) } });
    });
    return ok({ appKey, pinPepper, journalKey });
  }

  /** Whether there are keys to keep it beside. */
  async function keepBeside(name: Beside, text: string): Promise<boolean> {
    const sealed = await seal(text);
    return runExclusive(async () => {
      const file = await readVaultFile(path);
      if (typeof file === 'string') return false;
      await write({ ...file, sealed: { ...file.sealed, [name]: sealed } });
      return true;
    });
  }

  return {
    load,
    save,
    keepMachine: async (machine) => {
      await keepBeside('machine', machine);
    },
    keepOwnerKey: async (ownerKey) => {
      if (!(await keepBeside('ownerKey', ownerKey))) throw new Error('no keys to keep it beside');
    },
  };
}

/** For the practice store: no keyring, no persistence. */
export function createMemoryVault(initial: VaultSecrets | null, random: Pick<Random, 'bytes'>): Vault {
  let kept = initial;
  return {
    load: async () => (kept === null ? { state: 'absent' } : { state: 'present', secrets: kept }),
    keepMachine: async (machine) => {
      if (kept !== null) kept = { ...kept, machine };
    },
    keepOwnerKey: async (ownerKey) => {
      if (kept !== null) kept = { ...kept, ownerKey };
    },
    save: async (appKey, inUse = null) => {
      const lasting = inUse ?? kept;
      kept = {
        ...kept,
        appKey,
        pinPepper: lasting?.pinPepper ?? random.bytes(KEY_BYTES),
        journalKey: lasting?.journalKey ?? random.bytes(KEY_BYTES),
      };
      return ok(kept);
    },
  };
}
