import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Answer } from './answer.ts';
import { type OnCopyParts, rehearseOnCopy } from './rehearse-update.ts';

export interface ProveParts extends OnCopyParts {
  /** Of this program. */
  readonly version: string;
  /** This program's own file. */
  readonly program: string;
}

/**
 * `--prove`: whether this program, which somebody is about to put in place by hand, can have the till's data. It is rehearsed as
 * the old program would have it done, on a copy, and needs nothing of a till that is open: neither its lock nor its window. Where
 * there is no live till there is nothing to prove.
 */
export async function prove(parts: ProveParts): Promise<Answer> {
  const { folder, version, program } = parts;
  if (!existsSync(databaseFile(liveFolder(folder)))) return { ok: true, version, problems: [] };
  const rehearsed = await rehearseOnCopy(parts, join(folder, 'proof'), { version, program });
  if (rehearsed.ok) return { ok: true, version, problems: [] };
  const { code, details } = rehearsed.error;
  const words = [code, details?.['reason'], details?.['what']];
  return {
    ok: false,
    version,
    problems: [words.filter((word) => word !== undefined && word !== '').join(': ')],
  };
}
