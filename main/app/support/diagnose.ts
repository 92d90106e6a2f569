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

/** A keyring that asks a person has no end to wait for. */
const VAULT_PATIENCE_MS = 3_000;

const formsOf = (secret: Buffer): readonly string[] =>
  (['base64', 'base64url', 'hex'] as const).map((form) => secret.toString(form));

/** Every form in which a secret of this till could stand in a text, as far as they are at hand. */
async function hiddenTexts({ vault, clock }: DiagnoseParts): Promise<readonly string[]> {
  const tooLong = new Promise<null>((resolve) => {
    clock.schedule(VAULT_PATIENCE_MS, () => resolve(null));
  });
  const loaded = await Promise.race([vault.load().catch(() => null), tooLong]);
  if (loaded?.state !== 'present') return [];
  const { appKey, journalKey, pinPepper } = loaded.secrets;
  const texts = [appKey, ...[Buffer.from(appKey), journalKey, pinPepper].flatMap(formsOf)];
  return texts.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase()]);
}

/** The text of a diagnostics file. Works where the database does not open, and without a window. */
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

/** The end of one file; its first line may be cut. */
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

/** The end of the rotating log, oldest line first; nothing where none can be read. */
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
    // A file that was turned over meanwhile: what was read until then is told.
  }
  return texts.join('').split('\n').filter(Boolean);
}
