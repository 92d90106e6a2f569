import { posix, win32 } from 'node:path';
import {
  type AppError,
  appError,
  err,
  type FileSettings,
  fileSettingsSchema,
  ok,
  type Result,
} from '../../preload/contract/index.ts';

/** Settings that a computer's IT locks by a file in the system's place; no file locks none. */
export interface ItPolicy {
  readonly settings: FileSettings;
  /** Why the file is not used. */
  readonly problem: AppError | null;
}

export const noItPolicy: ItPolicy = { settings: {}, problem: null };

/** Where only an administrator writes; null where the system names no such place. */
export function policyFile(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const programData = env['ProgramData'] ?? env['PROGRAMDATA'] ?? '';
  if (platform === 'win32')
    return programData === '' ? null : win32.join(programData, 'Counterfoil', 'policy.json');
  const folder = platform === 'darwin' ? '/Library/Application Support/Counterfoil' : '/etc/counterfoil';
  return posix.join(folder, 'policy.json');
}

const invalid = (field: string) => err(appError('it-policy-invalid', { field: field.slice(0, 100) }));

/** All of the file or nothing: one wrong name or value, and it locks nothing. Error: it-policy-invalid. */
export function readItPolicy(text: string): Result<FileSettings> {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return invalid('file');
  }
  const parsed = fileSettingsSchema.safeParse(content);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const more = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return invalid([...(issue?.path ?? []), ...more].join('.') || 'file');
}
