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
  isKnownLanguage,
  MOST_TILLS,
  ok,
  policySchema,
  type Result,
} from '../../preload/contract/index.ts';
import { toldPaceSchema } from '../hosts/link/index.ts';
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
  /** Which till of its account this is, 1 to `tillCount`; as it was where the file says nothing of it. */
  tillNumber: z.number().int().min(1).max(MOST_TILLS).optional(),
  tillCount: z.number().int().min(1).max(MOST_TILLS).optional(),
  /** What the account's tills share (ADR 37); null: no more. */
  pace: toldPaceSchema.nullable().optional(),
  /** The manager's settings. What a manager declares of the account under the words on the screen is not among them. */
  policy: policySchema.omit({ tillNumbersDeclared: true }).exactPartial().optional(),
  /** Until the end of this day of the store nothing but this till changes what its members hold (ADR 55); null: no more. */
  closedInstallationUntil: z.iso.date().nullable().optional(),
});

const numbersMatch = (file: { tillNumber?: number | undefined; tillCount?: number | undefined }): boolean =>
  (file.tillNumber === undefined) === (file.tillCount === undefined) &&
  (file.tillNumber ?? 1) <= (file.tillCount ?? 1);

// Strict: a misspelt `managerPin` would otherwise stay in the file and do nothing.
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
  /** The key was taken out of it by an earlier import, when this says. */
  | { readonly state: 'imported'; readonly importedAt: string };

const invalid = (field: string) => err(appError('provisioning-invalid', { field }));

function readJson(path: string): unknown {
  const found = statSync(path);
  // A pipe has no end to wait for, and would keep the window from opening.
  if (!found.isFile()) throw new TypeError('not a file');
  if (found.size > MAX_FILE_BYTES) throw new RangeError('too large');
  const text = whileRefusedSync(() => readFileSync(path, 'utf8'));
  return JSON.parse(text.replace(/^\ufeff/, ''));
}

/**
 * Reads a `--provision` file. `provisioning-invalid` with `details.field`: the first field that is
 * missing, wrong or unknown, or `file` where there is no readable JSON object at all.
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

// Somebody put a new key into an imported file: it is ready again.
const withoutImported = ({ imported: _, ...rest }: { imported?: unknown }): unknown => rest;

export type WipeOutcome =
  | { readonly wiped: true }
  /** The import holds; a person must delete the file. `reason` is the system's error code. */
  | { readonly wiped: false; readonly reason: string };

/**
 * Takes `appKey` and `managerPin` out of an imported file and adds `imported`. The bytes are overwritten
 * where they lie (a new file would leave the old ones on the disk): padded to the old length with
 * spaces, synced, then cut. Backups and a disk that writes elsewhere may still hold a copy.
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
