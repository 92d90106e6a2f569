import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import {
  appError,
  err,
  fileSettingsSchema,
  isKnownLanguage,
  MOST_TILLS,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import { whileRefusedSync } from '../kernel/held-file.ts';
import { checkNewPin } from '../people/index.ts';

const MAX_FILE_BYTES = 65_536;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const text = (longest: number) => z.string().trim().min(1).max(longest);

type CheckAddress = HostProtocol['checkAddress'];

const settingsWith = (checkAddress: CheckAddress) => ({
  host: text(300).refine((host) => checkAddress(host).ok),
  appId: text(200),
  tillName: text(100),
  storeTimeZone: text(60).refine(isTimeZone),
  currency: z.string().regex(/^[A-Z]{3}$/),
  language: text(20).refine(isKnownLanguage),
  /** From 1 to `tillCount`; absent: unchanged. */
  tillNumber: z.number().int().min(1).max(MOST_TILLS).optional(),
  tillCount: z.number().int().min(1).max(MOST_TILLS).optional(),
  /** The policy, without what a manager declares on screen. */
  policy: fileSettingsSchema.optional(),
});

const numbersMatch = (file: { tillNumber?: number | undefined; tillCount?: number | undefined }): boolean =>
  (file.tillNumber === undefined) === (file.tillCount === undefined) &&
  (file.tillNumber ?? 1) <= (file.tillCount ?? 1);

// Strict: a misspelt `managerPin` would stay in the file without effect.
const provisioningSchema = (checkAddress: CheckAddress) =>
  z
    .object({
      ...settingsWith(checkAddress),
      appKey: text(200),
      managerPin: z
        .string()
        .refine((pin) => checkNewPin(pin).ok)
        .optional(),
    })
    .strict()
    .refine(numbersMatch, { path: ['tillNumber'] });
export type Provisioning = z.infer<ReturnType<typeof provisioningSchema>>;

const importedSchema = (checkAddress: CheckAddress) =>
  z.object({ ...settingsWith(checkAddress), imported: z.string() }).strict();

export type ProvisioningFile =
  | { readonly state: 'ready'; readonly provisioning: Provisioning }
  /** An earlier import removed the key then. */
  | { readonly state: 'imported'; readonly importedAt: string };

const invalid = (field: string) => err(appError('provisioning-invalid', { field }));

function readJson(path: string): unknown {
  const found = statSync(path);
  // A pipe has no end, and would keep the window from opening.
  if (!found.isFile()) throw new TypeError('not a file');
  if (found.size > MAX_FILE_BYTES) throw new RangeError('too large');
  const text = whileRefusedSync(() => readFileSync(path, 'utf8'));
  return JSON.parse(text.replace(/^\ufeff/, ''));
}

/**
 * Reads a `--provision` file. Error: `provisioning-invalid` with `details.field`, the first missing, wrong or unknown
 * field, or `file` for what is no readable JSON object.
 */
export function readProvisioning(path: string, checkAddress: CheckAddress): Result<ProvisioningFile> {
  let content: unknown;
  try {
    content = readJson(path);
  } catch {
    return invalid('file');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return invalid('file');
  const earlier = 'appKey' in content ? null : importedSchema(checkAddress).safeParse(content);
  if (earlier?.success) return ok({ state: 'imported', importedAt: earlier.data.imported });
  const schema = provisioningSchema(checkAddress);
  const parsed = schema.safeParse('imported' in content ? withoutImported(content) : content);
  if (parsed.success) return ok({ state: 'ready', provisioning: parsed.data });
  const [issue] = parsed.error.issues;
  const more = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...(issue?.path ?? []), ...more].join('.');
  return invalid((field || 'file').slice(0, 100));
}

// A new key makes an imported file ready again.
const withoutImported = ({ imported: _, ...rest }: { imported?: unknown }): unknown => rest;

export type WipeOutcome =
  | { readonly wiped: true }
  /** The import is valid; a person must delete the file. `reason` is the system's error code. */
  | { readonly wiped: false; readonly reason: string };

/**
 * Removes `appKey` and `managerPin` from an imported file and adds `imported`. Overwrites in place, for a new file
 * would leave the old bytes on disk: padded with spaces, synced, then truncated. Backups and disks that write elsewhere
 * may still have a copy.
 */
export function wipeProvisioning(path: string, importedAtMs: number): WipeOutcome {
  try {
    const { appKey: _key, managerPin: _pin, ...rest } = readJson(path) as Record<string, unknown>;
    const kept = { ...rest, imported: new Date(importedAtMs).toISOString() };
    overwrite(path, Buffer.from(`${JSON.stringify(kept, null, 2)}\n`, 'utf8'));
    return { wiped: true };
  } catch (error) {
    return { wiped: false, reason: (error as NodeJS.ErrnoException).code ?? 'unreadable' };
  }
}

function overwrite(path: string, content: Buffer): void {
  const file = whileRefusedSync(() => openSync(path, 'r+'));
  try {
    const padded = Buffer.alloc(Math.max(fstatSync(file).size, content.length), ' ');
    content.copy(padded);
    let written = 0;
    while (written < padded.length) {
      written += writeSync(file, padded, written, padded.length - written, written);
    }
    fsyncSync(file);
    ftruncateSync(file, content.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
