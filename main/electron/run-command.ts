import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  databaseFile,
  hostProtocol,
  liveFolder,
  PRACTICE_KEY,
  practiceFolder,
  practiceSecrets,
} from '../compose.ts';
import type { Vault, VaultSecrets } from '../credentials/vault.ts';
import { openDatabaseReadOnly } from '../database/open.ts';
import { createSettings } from '../database/settings-repository.ts';
import type { Clock, Random } from '../ports.ts';
import type { Switches } from '../switches.ts';
import { type CommandParts, exportCommand, isTillFile, verifyCommand } from '../till/commands.ts';
import { isDataMissing } from '../till/data-missing.ts';
import { unsentCommand, unsentExit } from '../till/unsent.ts';

interface CommandWorld {
  readonly folder: string;
  readonly headCopyFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
}

/** Runs a command on the live till; `--verify` and `--export` on the practice store where there is no live one. */
export async function runCommand(world: CommandWorld, switches: Switches): Promise<number> {
  const live = databaseFile(liveFolder(world.folder));
  const practice = databaseFile(practiceFolder(world.folder));
  // The practice store beside it must not be taken for the till.
  const missing = isDataMissing(world.folder, world.headCopyFolder);
  if (switches.unsent) return sayUnsent(unsentCommand(live, missing));
  const mode = missing || isTillFile(live) || !existsSync(practice) ? 'live' : 'practice';
  const parts: CommandParts = {
    file: mode === 'live' ? live : practice,
    clock: world.clock,
    random: world.random,
    protocol: hostProtocol,
  };
  if (switches.exportTo !== null)
    return sayExport(exportCommand(parts, switches.exportTo), switches.exportTo);
  const keys = mode === 'live' ? await liveKeys(world.vault) : practiceKeys(practice);
  const headsAt = keys && {
    key: keys.journalKey,
    slotFolder: dirname(parts.file),
    copyFolder: join(world.headCopyFolder, mode),
  };
  const verified = verifyCommand(parts, keys?.appKey ?? null, headsAt);
  const verification = missing ? { ...verified, ok: false, problems: ['database: data-missing'] } : verified;
  process.stdout.write(`${JSON.stringify({ mode, ...verification })}\n`);
  return verification.ok ? 0 : 1;
}

function sayUnsent(counted: ReturnType<typeof unsentCommand>): number {
  process.stdout.write(`${JSON.stringify(counted.ok ? counted.value : { error: counted.error })}\n`);
  if (!counted.ok) return unsentExit.unreadable;
  return counted.value.unsent === 0 ? unsentExit.nothing : unsentExit.something;
}

function sayExport(exported: ReturnType<typeof exportCommand>, target: string): number {
  if (!exported.ok) {
    process.stderr.write(`Export: ${exported.error}\n`);
    return 1;
  }
  process.stdout.write(`${JSON.stringify({ exported: exported.value, file: target })}\n`);
  return 0;
}

async function liveKeys(vault: Vault): Promise<VaultSecrets | null> {
  const loaded = await vault.load();
  return loaded.state === 'present' ? loaded.secrets : null;
}

function practiceKeys(file: string): VaultSecrets | null {
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return null;
  try {
    const appKey = createSettings(opened.value).get(PRACTICE_KEY);
    return appKey === null ? null : practiceSecrets(appKey);
  } finally {
    opened.value.close();
  }
}
