import { type AppError, err, ok, type Result } from '../../preload/contract/index.ts';
import { readProvisioning, wipeProvisioning } from '../credentials/provisioning.ts';
import type { Vault } from '../credentials/vault.ts';
import type { HostProtocol } from '../outbox/member-host.ts';
import type { Clock, Logger } from '../ports.ts';
import { checkConnection, type TillConfig } from './config.ts';

export interface ProvisionParts {
  readonly vault: Vault;
  readonly protocol: Pick<HostProtocol, 'checkAddress'>;
  readonly accountProblem: (config: TillConfig) => AppError | null;
  readonly configureLive: (config: TillConfig, journalKey: Buffer) => AppError | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Provisioned {
  /** To be made once the till is open; null where the file brings none. */
  readonly managerPin: string | null;
  /** Takes the key and the PIN out of the file. False where the file could not be written. */
  wipe(): boolean;
}

const asProvisioning = (error: AppError): AppError =>
  error.code === 'invalid-request' ? { ...error, code: 'provisioning-invalid' } : error;

/**
 * Imports a provisioning file: the key into the keyring, the rest into the live till's settings. No
 * call is made, so that many PCs can be installed before they have a network. Null where the file was
 * imported before. Errors: provisioning-invalid with `details.field`, host-*, keyring-*, database-*.
 */
export async function provision(path: string, parts: ProvisionParts): Promise<Result<Provisioned | null>> {
  const read = readProvisioning(path, parts.protocol.checkAddress);
  if (!read.ok) return read;
  if (read.value.state === 'imported') {
    parts.logger.info('provisioning.imported-before', { at: read.value.importedAt });
    return ok(null);
  }
  const { appKey, managerPin, host, tillNumber = 1, tillCount = 1, ...rest } = read.value.provisioning;
  const checked = checkConnection({ ...rest, host, appKey }, parts.protocol);
  if (!checked.ok) return err(asProvisioning(checked.error));
  const { appKey: key, ...connection } = checked.value;
  const config = { ...connection, tillNumber, tillCount };
  // Before the key is kept: it would take the place of the one that the open entries wait for.
  const refused = parts.accountProblem(config);
  if (refused !== null) return err(refused);
  const saved = await parts.vault.save(key);
  if (!saved.ok) return saved;
  const problem = parts.configureLive(config, saved.value.journalKey);
  if (problem !== null) return err(problem);
  parts.logger.info('provisioning.imported', { till: rest.tillName });
  return ok({
    managerPin: managerPin ?? null,
    wipe: () => {
      const outcome = wipeProvisioning(path, parts.clock.nowMs());
      if (!outcome.wiped) parts.logger.error('provisioning.not-wiped', { reason: outcome.reason });
      return outcome.wiped;
    },
  });
}
