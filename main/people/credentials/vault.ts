import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { isMissing, isRefusedForNow, whileRefused } from '../../kernel/held-file.ts';
import type { Random, SecretStore } from '../../kernel/ports.ts';
import { createTurns } from '../../kernel/turns.ts';

/** Never leaves the main process, never reaches a log. */
export interface VaultSecrets {
  readonly appKey: string;
  /** 32 bytes that a PIN is mixed with before it is hashed, so that the database alone tells nothing. */
  readonly pinPepper: Buffer;
  /** 32 bytes that chain the journal. */
  readonly journalKey: Buffer;
  /** What the machine was known by that the till last sent from, as text; absent where nobody kept it. */
  readonly machine?: string;
}

/** What must outlive a change of the appKey: a PIN is checked with one, the journal goes on under the other. */
export type LastingSecrets = Pick<VaultSecrets, 'pinPepper' | 'journalKey'>;

/** Why sealed secrets cannot be read; the file stays as it is, a keyring may come back. */
export type VaultLoss = 'keyring-unavailable' | 'keyring-plain-text' | 'cannot-decrypt' | 'damaged-file';

export type VaultState =
  | { readonly state: 'present'; readonly secrets: VaultSecrets }
  | { readonly state: 'absent' }
  | { readonly state: 'lost'; readonly reason: VaultLoss };

export interface Vault {
  /** Throws where somebody holds its file: that says nothing of what is in it. */
  load(): Promise<VaultState>;
  /**
   * Keeps an appKey, in place of the one before; resolves when it is on the disk. The pepper and the
   * journal key stay, or are made anew where there were none or they are lost: a new journal key opens a
   * new chain. A session that is open gives those it works with as `held`: a keyring that fails for a moment
   * must not take them from it. Fails where the keyring is not safe.
   */
  save(appKey: string, inUse?: LastingSecrets | null): Promise<Result<VaultSecrets>>;
  /** Keeps what the machine is known by, beside the secrets; throws where the keyring or the disk refuses. */
  keepMachine?(machine: string): Promise<void>;
}

const vaultFileSchema = z.object({
  version: z.literal(1),
  /** Each sealed by itself, in base64. */
  sealed: z.record(z.string(), z.string()),
});
type VaultFile = z.infer<typeof vaultFileSchema>;

export const VAULT_FILE = 'vault.json';
const KEY_BYTES = 32;

const names = ['appKey', 'pinPepper', 'journalKey'] as const;

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
    // It is whole, for all that is known: keys in its place would open another journal.
    if (isRefusedForNow(error)) throw error;
    // A folder in its place, or no right to read it: as good as damaged, and it stays as it is.
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
    const machine = await openMachine(secrets, file.sealed['machine']);
    return { appKey, pinPepper, journalKey, ...(machine === null ? {} : { machine }) };
  } catch {
    return null;
  }
}

/** Where it does not open nobody kept it: the journal knows the machine too, and the secrets are whole. */
async function openMachine(secrets: SecretStore, sealed: string | undefined): Promise<string | null> {
  if (sealed === undefined) return null;
  try {
    return await secrets.decrypt(Buffer.from(sealed, 'base64'));
  } catch {
    return null;
  }
}

/** The vault on disk: `vault.json` in the data folder, each secret sealed by the system's keyring. */
export function createVault({ folder, secrets, random }: VaultOptions): Vault {
  const path = join(folder, VAULT_FILE);
  /** What is read and written again goes one after the other, and waits for no keyring in between. */
  const inTurn = createTurns();

  const seal = async (secret: string) => (await secrets.encrypt(secret)).toString('base64');

  const write = async (file: VaultFile): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFileAtomically(path, `${JSON.stringify(file, null, 2)}\n`, random.uuid());
  };

  /**
   * A till of a version without a journal has no key for one: it is made, kept, and opens the first chain. Where
   * somebody took it out, the chain that is there is of another key, and a person looks at all that is open.
   */
  async function withJournalKey(file: VaultFile): Promise<VaultFile> {
    if (file.sealed['journalKey'] !== undefined) return file;
    const journalKey = await seal(random.bytes(KEY_BYTES).toString('base64'));
    return { ...file, sealed: { ...file.sealed, journalKey } };
  }

  async function load(): Promise<VaultState> {
    const file = await readVaultFile(path);
    if (file === 'absent') return { state: 'absent' };
    if (file === 'damaged') return { state: 'lost', reason: 'damaged-file' };
    const problem = await secrets.problem();
    if (problem !== null) return { state: 'lost', reason: problem };
    const whole = await withJournalKey(file);
    const opened = await openFile(secrets, whole);
    if (opened === null) return { state: 'lost', reason: 'cannot-decrypt' };
    // Only a vault that opens is written again, and nothing is signed by a key that is not on the disk.
    if (whole !== file) await write(whole);
    return { state: 'present', secrets: opened };
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
    await inTurn(async () => {
      const before = await readVaultFile(path);
      const machine = typeof before === 'string' ? undefined : before.sealed['machine'];
      await write({ version: 1, sealed: { ...sealed, ...(machine === undefined ? {} : { machine }) } });
    });
    return ok({ appKey, pinPepper, journalKey });
  }

  async function keepMachine(machine: string): Promise<void> {
    const sealed = await seal(machine);
    await inTurn(async () => {
      const file = await readVaultFile(path);
      if (typeof file !== 'string') await write({ ...file, sealed: { ...file.sealed, machine: sealed } });
    });
  }

  return { load, save, keepMachine };
}

/** For the practice store, which needs no keyring and keeps nothing. */
export function createMemoryVault(initial: VaultSecrets | null, random: Pick<Random, 'bytes'>): Vault {
  let kept = initial;
  return {
    load: async () => (kept === null ? { state: 'absent' } : { state: 'present', secrets: kept }),
    keepMachine: async (machine) => {
      if (kept !== null) kept = { ...kept, machine };
    },
    save: async (appKey, inUse = null) => {
      const lasting = inUse ?? kept;
      kept = {
        appKey,
        pinPepper: lasting?.pinPepper ?? random.bytes(KEY_BYTES),
        journalKey: lasting?.journalKey ?? random.bytes(KEY_BYTES),
      };
      return ok(kept);
    },
  };
}
