import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../kernel/ports.ts';
import type { Vault } from '../../people/index.ts';
import { diagnosticsText } from './diagnostics.ts';
import { type FactsParts, gatherFacts } from './gather-facts.ts';

export interface DiagnoseParts extends FactsParts {
  readonly clock: Pick<Clock, 'nowMs' | 'schedule'>;
  readonly vault: Pick<Vault, 'load'>;
}

/** A keyring may ask a person and never return. */
const VAULT_TIMEOUT_MS = 3_000;

const formsOf = (secret: Buffer): readonly string[] =>
  (['base64', 'base64url', 'hex'] as const).map((form) => secret.toString(form));

/** All forms of this till's secrets, as far as they can be read. */
async function hiddenTexts({ vault, clock }: DiagnoseParts): Promise<readonly string[]> {
  const tooLong = new Promise<null>((resolve) => {
    clock.schedule(VAULT_TIMEOUT_MS, () => resolve(null));
  });
  const loaded = await Promise.race([vault.load().catch(() => null), tooLong]);
  if (loaded?.state !== 'present') return [];
  const { appKey, journalKey, pinPepper } = loaded.secrets;
  const texts = [appKey, ...[Buffer.from(appKey), journalKey, pinPepper].flatMap(formsOf)];
  return texts.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase()]);
}

/** Works without a window, and where the database does not open. */
export async function diagnose(parts: DiagnoseParts): Promise<string> {
  const [facts, log, hidden] = await Promise.all([
    gatherFacts(parts),
    readLog(join(parts.folder, 'logs')),
    hiddenTexts(parts),
  ]);
  return diagnosticsText({ facts, log, hidden });
}

const MOST_BYTES = 5_000_000;

const ageOf = (name: string): number => Number(/^till\.(\d+)\.log$/.exec(name)?.[1] ?? 0);

/** Its first line may be incomplete. */
async function endOf(path: string, bytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from });
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

/** The end of the log, oldest line first; empty where unreadable. */
export async function readLog(folder: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let left = MOST_BYTES;
  try {
    const names = (await readdir(folder)).filter((name) => /^till(\.\d+)?\.log$/.test(name));
    for (const name of names.sort((one, other) => ageOf(one) - ageOf(other))) {
      if (left <= 0) break;
      const text = await endOf(join(folder, name), left);
      left -= text.length;
      texts.unshift(text);
    }
  } catch {
    // The file was rotated meanwhile: the rest is missing.
  }
  return texts.join('').split('\n').filter(Boolean);
}
