import { z } from 'zod';
import {
  type AppError,
  appError,
  type Connection,
  err,
  isKnownLanguage,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { DatabaseFailure, databaseFailure } from '../kernel/database/failure.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import { isTimeZone } from '../kernel/store-time.ts';
import { CONFIG_KEY } from './host/till-numbers.ts';
import type { HostProtocol } from './port/member-host.ts';

/** A till's configuration and account; the appKey is in the vault instead. */
const tillConfigSchema = z.object({
  host: z.string(),
  appId: z.string(),
  tillName: z.string(),
  storeTimeZone: z.string(),
  currency: z.string(),
  language: z.string(),
  /** The till's number in its account: decides its seconds (protocol rule 5). */
  tillNumber: z.number().int().min(1).default(1),
  tillCount: z.number().int().min(1).default(1),
});
export type TillConfig = z.infer<typeof tillConfigSchema>;

/** Null before set-up. Throws a `DatabaseFailure` where the stored config cannot be read. */
export function loadConfig(settings: Settings): TillConfig | null {
  const text = settings.get(CONFIG_KEY);
  if (text === null) return null;
  try {
    return tillConfigSchema.parse(JSON.parse(text));
  } catch (thrown) {
    throw new DatabaseFailure(appError('database-corrupt', { sqlite: CONFIG_KEY }), thrown);
  }
}

/** The same, with damage as an error value. */
export function readConfig(settings: Settings): Result<TillConfig | null> {
  try {
    return ok(loadConfig(settings));
  } catch (thrown) {
    const failure = databaseFailure(thrown);
    if (failure === null) throw thrown;
    return err(failure);
  }
}

export const saveConfig = (settings: Settings, config: TillConfig): void =>
  settings.set(CONFIG_KEY, JSON.stringify(config));

const invalid = (field: keyof Connection): { ok: false; error: AppError } =>
  err(appError('invalid-request', { field }));

/**
 * Trims and checks what a person typed to connect. Errors: host-invalid, host-insecure, or invalid-request with
 * `details.field`.
 */
export function checkConnection(
  typed: Connection,
  { checkAddress }: Pick<HostProtocol, 'checkAddress'>,
): Result<Connection> {
  const host = checkAddress(typed.host);
  if (!host.ok) return host;
  const trimmed: Connection = {
    host: host.value,
    appId: typed.appId.trim(),
    appKey: typed.appKey.trim(),
    tillName: typed.tillName.trim(),
    storeTimeZone: typed.storeTimeZone.trim(),
    currency: typed.currency.trim().toUpperCase(),
    language: typed.language.trim(),
  };
  if (trimmed.appId === '') return invalid('appId');
  if (trimmed.appKey === '') return invalid('appKey');
  if (trimmed.tillName === '') return invalid('tillName');
  if (!isTimeZone(trimmed.storeTimeZone)) return invalid('storeTimeZone');
  if (!isCurrency(trimmed.currency)) return invalid('currency');
  if (!isKnownLanguage(trimmed.language)) return invalid('language');
  return ok(trimmed);
}

function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf('currency').includes(code);
}
