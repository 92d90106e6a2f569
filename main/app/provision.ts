import { type AppError, err, ok, type Policy, type Result } from '../../preload/contract/index.ts';
import { checkConnection, type TillConfig } from '../hosts/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Vault } from '../people/index.ts';
import { readProvisioning, wipeProvisioning } from './provisioning.ts';

export interface CheckParts {
  readonly protocol: Pick<HostProtocol, 'checkAddress'>;
  readonly accountProblem: (config: TillConfig) => AppError | null;
  /** Null where no till is set up. */
  readonly liveConfig: () => Result<TillConfig | null>;
}

export interface ProvisionParts extends CheckParts {
  readonly vault: Vault;
  readonly configureLive: (config: TillConfig, journalKey: Buffer) => AppError | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface CheckedProvisioning {
  readonly config: TillConfig;
  readonly key: string;
  readonly managerPin: string | null;
  readonly policy: Partial<Policy> | null;
}

export interface Provisioned extends Omit<CheckedProvisioning, 'key'> {
  /** Removes key and PIN from the file. False where it could not be written. */
  wipe(): boolean;
}

const asProvisioning = (error: AppError): AppError =>
  error.code === 'invalid-request' ? { ...error, code: 'provisioning-invalid' } : error;

/**
 * Whether a file can be imported; changes nothing. Null where it was imported before. What the file leaves out stays.
 * Errors: provisioning-invalid with `details.field`, host-*, other-account and other objections to the account.
 */
export function checkProvisioning(
  path: string,
  { protocol, accountProblem, liveConfig }: CheckParts,
): Result<CheckedProvisioning | null> {
  const read = readProvisioning(path, protocol.checkAddress);
  if (!read.ok) return read;
  if (read.value.state === 'imported') return ok(null);
  const {
    appKey,
    managerPin,
    policy,
    host,
    tillNumber: toldNumber,
    tillCount: toldCount,
    ...rest
  } = read.value.provisioning;
  const checked = checkConnection({ ...rest, host, appKey }, protocol);
  if (!checked.ok) return err(asProvisioning(checked.error));
  const { appKey: key, ...connection } = checked.value;
  const before = liveConfig();
  const kept = before.ok ? before.value : null;
  const tillNumber = toldNumber ?? kept?.tillNumber ?? 1;
  const tillCount = toldCount ?? kept?.tillCount ?? 1;
  const config = { ...connection, tillNumber, tillCount };
  const refused = accountProblem(config);
  if (refused !== null) return err(refused);
  if (!before.ok) return before;
  return ok({ config, key, managerPin: managerPin ?? null, policy: policy ?? null });
}

/**
 * Imports a file: the key into the keyring, the rest into the live till's settings, without a call, so that PCs can be
 * installed before they have a network. Null where it was imported before. Errors: those of `checkProvisioning`,
 * keyring-*, database-*.
 */
export async function provision(path: string, parts: ProvisionParts): Promise<Result<Provisioned | null>> {
  const checked = checkProvisioning(path, parts);
  if (!checked.ok) return checked;
  if (checked.value === null) {
    parts.logger.info('provisioning.imported-before');
    return ok(null);
  }
  const { key, ...found } = checked.value;
  const { config } = found;
  // After all checks: it replaces the key that open entries need.
  const saved = await parts.vault.save(key);
  if (!saved.ok) return saved;
  const problem = parts.configureLive(config, saved.value.journalKey);
  if (problem !== null) return err(problem);
  parts.logger.info('provisioning.imported', { till: config.tillName });
  return ok({
    ...found,
    wipe: () => {
      const outcome = wipeProvisioning(path, parts.clock.nowMs());
      if (!outcome.wiped) parts.logger.error('provisioning.not-wiped', { reason: outcome.reason });
      return outcome.wiped;
    },
  });
}
