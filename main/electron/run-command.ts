import { existsSync } from 'node:fs';
import { databaseFile, liveFolder, PRACTICE_KEY, practiceFolder } from '../compose.ts';
import type { Vault } from '../credentials/vault.ts';
import { openDatabaseReadOnly } from '../database/open.ts';
import { createSettings } from '../database/settings-repository.ts';
import type { Clock, Random } from '../ports.ts';
import type { Switches } from '../switches.ts';
import { type CommandParts, exportCommand, isTillFile, verifyCommand } from '../till/commands.ts';
import { isDataMissing } from '../till/data-missing.ts';

interface CommandWorld {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
}

/** Runs `--verify` or `--export` on the live till, or on the practice store where there is no live one. */
export async function runCommand(world: CommandWorld, switches: Switches): Promise<number> {
  const live = databaseFile(liveFolder(world.folder));
  const practice = databaseFile(practiceFolder(world.folder));
  const mode = isTillFile(live) || !existsSync(practice) ? 'live' : 'practice';
  const parts: CommandParts = {
    file: mode === 'live' ? live : practice,
    clock: world.clock,
    random: world.random,
  };
  if (switches.exportTo !== null)
    return sayExport(exportCommand(parts, switches.exportTo), switches.exportTo);
  const appKey = mode === 'live' ? await liveKey(world.vault) : practiceKey(practice);
  const verification = isDataMissing(world.folder)
    ? { ...verifyCommand(parts, appKey), ok: false, problems: ['database: data-missing'] }
    : verifyCommand(parts, appKey);
  process.stdout.write(`${JSON.stringify({ mode, ...verification })}\n`);
  return verification.ok ? 0 : 1;
}

function sayExport(exported: ReturnType<typeof exportCommand>, target: string): number {
  if (!exported.ok) {
    process.stderr.write(`Export: ${exported.error}\n`);
    return 1;
  }
  process.stdout.write(`${JSON.stringify({ exported: exported.value, file: target })}\n`);
  return 0;
}

async function liveKey(vault: Vault): Promise<string | null> {
  const loaded = await vault.load();
  return loaded.state === 'present' ? loaded.secrets.appKey : null;
}

function practiceKey(file: string): string | null {
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return null;
  try {
    return createSettings(opened.value).get(PRACTICE_KEY);
  } finally {
    opened.value.close();
  }
}
