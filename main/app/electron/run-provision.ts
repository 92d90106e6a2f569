import type { AppError, Result } from '../../../preload/contract/index.ts';
import { type Actor, theManager, theProgram } from '../../kernel/actor.ts';
import type { SecretStore } from '../../kernel/ports.ts';
import { hostProtocol } from '../host-protocol.ts';
import { checkProvisioning, type Provisioned, type ProvisionParts, provision } from '../provision.ts';
import { exitOfReport, type ProvisionReport, shownTill } from '../provision-report.ts';
import type { Session } from '../session.ts';
import type { Till } from '../till.ts';

type World = Pick<ProvisionParts, 'vault' | 'clock' | 'logger'>;

const nothing = { till: null, problem: null, wiped: null } as const;

/** Imports a file into a till that is not open, and opens the till. */
export async function importProvisioning(
  file: string,
  till: Till,
  world: World,
  warnings: readonly string[],
): Promise<ProvisionReport> {
  const imported = await provision(file, { ...world, ...till, protocol: hostProtocol });
  if (!imported.ok) return refused(world, imported.error, warnings);
  if (imported.value === null) return { ...nothing, provisioning: 'imported-before', warnings };
  return installed(till, imported.value, warnings);
}

function refused(
  { logger }: Pick<World, 'logger'>,
  error: AppError,
  warnings: readonly string[],
): ProvisionReport {
  logger.error('provisioning.refused', { code: error.code, ...error.details });
  process.stderr.write(`Provisioning: ${error.code} ${Object.values(error.details ?? {}).join(' ')}\n`);
  return { ...nothing, provisioning: 'refused', problem: error, warnings };
}

async function installed(
  till: Till,
  { config, managerPin, policy, wipe }: Provisioned,
  warnings: readonly string[],
): Promise<ProvisionReport> {
  const opened = await till.openLive();
  const session = till.session();
  if (session === null) {
    // The screen shows why. The file stays, for another try.
    process.stderr.write('Provisioning: the till does not open; the file was left as it is.\n');
    const problem: AppError = opened.ok ? { code: 'till-not-opened' } : opened.error;
    return { provisioning: 'refused', till: shownTill(config), problem, wiped: false, warnings };
  }
  const who = await byWhom(session, managerPin);
  session.noteProvisioned(who === null ? null : policy, who ?? theProgram);
  const wiped = wipe();
  if (!wiped) process.stderr.write('Provisioning: imported, but the file could not be wiped. Delete it.\n');
  const unused = [
    ...(who === null && managerPin !== null ? ['manager-pin-not-used'] : []),
    ...(who === null && policy !== null ? ['policy-not-used'] : []),
  ];
  return {
    provisioning: 'imported',
    till: shownTill(config),
    problem: null,
    wiped,
    warnings: [...warnings, ...unused],
  };
}

/**
 * Who sets a file's settings: the installer on a till without a manager's PIN, otherwise whoever has the PIN in the
 * file. Null where they do not count.
 */
async function byWhom(session: Session, pin: string | null): Promise<Actor | null> {
  if (pin === null) return session.managerPin.isSet() ? null : theProgram;
  const made = await makeManagerPin(session, pin);
  if (made.ok) return theProgram;
  const verified = made.error.code === 'manager-pin-exists' ? await session.managerPin.verify(pin) : made;
  if (verified.ok) return theManager;
  process.stderr.write(`Provisioning: the manager PIN of the file was not used (${verified.error.code}).\n`);
  return null;
}

/** The recovery code is shown once, to the installer, and stored nowhere. */
async function makeManagerPin({ managerPin }: Session, pin: string): Promise<Result<unknown>> {
  const made = await managerPin.provision(pin);
  if (made.ok) process.stdout.write(`Manager recovery code: ${made.value.recoveryCode}\n`);
  return made;
}

export interface DryRunParts {
  readonly clock: ProvisionParts['clock'];
  readonly accountProblem: ProvisionParts['accountProblem'];
  readonly liveConfig: ProvisionParts['liveConfig'];
  readonly keyringProblem: SecretStore['problem'];
  readonly warnings: readonly string[];
}

/** `--provision=FILE --dry-run`: what an import would do; changes nothing. */
export async function dryRunProvisioning(file: string, parts: DryRunParts): Promise<ProvisionReport> {
  const { keyringProblem, warnings } = parts;
  const checked = checkProvisioning(file, { ...parts, protocol: hostProtocol });
  if (!checked.ok) return { ...nothing, provisioning: 'refused', problem: checked.error, warnings };
  if (checked.value === null) return { ...nothing, provisioning: 'imported-before', warnings };
  const till = shownTill(checked.value.config);
  const code = await keyringProblem();
  if (code !== null) return { ...nothing, provisioning: 'refused', till, problem: { code }, warnings };
  return { ...nothing, provisioning: 'would-import', till, warnings };
}

/** Writes the report as one line; returns the exit code. */
export function printReport(report: ProvisionReport): number {
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return exitOfReport(report);
}
