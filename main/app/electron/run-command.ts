import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  appError,
  type ErrorCode,
  err,
  type Result,
  type StatusReport,
  statusExit,
} from '../../../preload/contract/index.ts';
import type { ItPolicy } from '../../counter/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { openDatabaseReadOnly } from '../../kernel/database/open.ts';
import { createSettings } from '../../kernel/database/settings-repository.ts';
import { databaseFile, liveFolder, practiceFolder } from '../../kernel/folders.ts';
import type { Clock, Random } from '../../kernel/ports.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import type { Vault, VaultSecrets } from '../../people/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { isUnderWay } from '../../updates/trial/index.ts';
import { type CommandParts, isTillFile } from '../commands.ts';
import { isDataMissing } from '../data-missing.ts';
import { hostProtocol } from '../host-protocol.ts';
import { PRACTICE_KEY, practiceSecrets } from '../open-session.ts';
import { type Records, recordsHere, recordsInWorker } from '../records-in-worker.ts';
import { statusCommand } from '../status/status-command.ts';
import type { Switches } from '../switches.ts';
import { unsentCommand, unsentExit } from '../unsent.ts';
import type { Verification } from '../verify.ts';

/** Problems in a diagnostics file. */
const MOST_PROBLEMS = 50;

interface CommandWorld {
  readonly folder: string;
  readonly headCopyFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
  /** This program's. */
  readonly version: string;
  readonly itPolicy: () => Promise<ItPolicy>;
  /** Verifies records in a worker; without it in this thread. */
  readonly recordsWorker?: string;
  /** Makes a diagnostics file with the result. */
  readonly diagnose?: (verification: object) => Promise<string>;
}

/** Runs a command on the live till; `--verify` and `--export` on the practice store where there is no live one. */
export async function runCommand(world: CommandWorld, switches: Switches): Promise<number> {
  const live = databaseFile(liveFolder(world.folder));
  const practice = databaseFile(practiceFolder(world.folder));
  // The practice store must not be taken for a live till whose data is missing.
  const missing = isDataMissing(world.folder, world.headCopyFolder);
  const isTried = isUnderWay(world.folder, plainVersion(world.version));
  if (switches.unsent)
    return printUnsent(isTried ? err(appError('update-cut-off')) : unsentCommand(live, missing));
  if (switches.status)
    return printStatus(
      await statusCommand({
        ...world,
        problem: isTried ? appError('update-cut-off') : missing ? appError('data-missing') : null,
      }),
    );
  const mode = missing || isTillFile(live) || !existsSync(practice) ? 'live' : 'practice';
  const parts: CommandParts = {
    file: mode === 'live' ? live : practice,
    clock: world.clock,
    random: world.random,
    protocol: hostProtocol,
  };
  const { recordsWorker } = world;
  const records =
    recordsWorker === undefined ? recordsHere(parts) : recordsInWorker(recordsWorker, parts, printToStderr);
  if (switches.exportTo !== null)
    return printExport(
      await records.export(switches.exportTo, printProgress('Exporting')),
      switches.exportTo,
    );
  const verification = await verifyTill(world, mode, parts.file, records);
  if (switches.diagnosticsTo !== null) return printDiagnostics(world, verification, switches.diagnosticsTo);
  process.stdout.write(`${JSON.stringify({ mode, ...verification })}\n`);
  return verification.ok ? 0 : 1;
}

/** To stderr, since programs read stdout. */
const printToStderr = (words: string): void => void process.stderr.write(`${words}\n`);

/** On one line, for a person: a program that reads the output has no terminal. */
const printProgress =
  (what: string): OnProgress =>
  ({ done, of }) => {
    if (!process.stderr.isTTY) return;
    const percent = of === 0 ? 100 : Math.floor((done / of) * 100);
    process.stderr.write(`\r${what}: ${percent} %${percent === 100 ? '\n' : ''}`);
  };

async function verifyTill(world: CommandWorld, mode: 'live' | 'practice', file: string, records: Records) {
  const keys = mode === 'live' ? await liveKeys(world.vault) : practiceKeys(file);
  const headsAt = keys && {
    key: keys.journalKey,
    slotFolder: dirname(file),
    copyFolder: join(world.headCopyFolder, mode),
  };
  const verified = await records.verify(keys?.appKey ?? null, headsAt, printProgress('Verifying'));
  const told = (code: ErrorCode) => ({ ...verified, ok: false, problems: [`database: ${code}`] });
  if (isDataMissing(world.folder, world.headCopyFolder)) return told('data-missing');
  // An unfinished trial: the next start rolls back, or continues as the next version.
  return isUnderWay(world.folder, plainVersion(world.version)) ? told('update-cut-off') : verified;
}

async function printDiagnostics(
  { diagnose = async () => '', random }: CommandWorld,
  verification: Verification,
  target: string,
): Promise<number> {
  // Problems repeat, and a person reads the file.
  const told = { ...verification, problems: verification.problems.slice(0, MOST_PROBLEMS) };
  const text = await diagnose(told);
  try {
    await writeFileAtomically(target, text, random.uuid());
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
    process.stderr.write(`Diagnostics: the file cannot be written (${code}).\n`);
    return 1;
  }
  process.stdout.write(`${JSON.stringify({ diagnostics: target, bytes: Buffer.byteLength(text) })}\n`);
  return 0;
}

function printUnsent(counted: ReturnType<typeof unsentCommand>): number {
  process.stdout.write(`${JSON.stringify(counted.ok ? counted.value : { error: counted.error })}\n`);
  if (!counted.ok) return unsentExit.unreadable;
  return counted.value.unsent === 0 ? unsentExit.nothing : unsentExit.something;
}

function printStatus(report: StatusReport): number {
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return statusExit[report.result];
}

function printExport(exported: Result<number, string>, target: string): number {
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
