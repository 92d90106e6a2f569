import { join } from 'node:path';
import type { Clock } from '../../kernel/ports.ts';
import type { Vault } from '../../people/index.ts';
import { diagnosticsText } from './diagnostics.ts';
import { type FactsParts, gatherFacts } from './gather-facts.ts';
import { readLog } from './read-log.ts';

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
