import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, win32 } from 'node:path';
import { z } from 'zod';
import { heldFailure, whileRefusedSync } from '../../kernel/held-file.ts';

/** Tells other users of this computer that this one has a till. No secret: all can read it. */
const noteSchema = z.object({
  version: z.literal(1),
  user: z.string().min(1).max(200),
  till: z.string().max(100),
});
export type TillNote = z.infer<typeof noteSchema>;

const LARGEST = 10_000;

/** A folder that all users can read and write, by platform; null where there is none. */
export function notesFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const programData = env['ProgramData'] ?? env['PROGRAMDATA'] ?? '';
  if (platform === 'win32')
    return programData === '' ? null : win32.join(programData, 'Counterfoil', 'tills');
  return platform === 'darwin' ? '/Users/Shared/Counterfoil/tills' : null;
}

const nameOf = (user: string): string =>
  `${createHash('sha256').update(user.toLowerCase()).digest('hex').slice(0, 16)}.json`;

function readNote(file: string): TillNote | null {
  try {
    const text = whileRefusedSync(() => readFileSync(file, 'utf8'));
    return text.length > LARGEST ? null : noteSchema.parse(JSON.parse(text));
  } catch (thrown) {
    if (heldFailure(thrown) !== null) throw thrown;
    return null;
  }
}

/** Another user's till; null where there is none. Throws where another process holds a note. */
export function otherUsersTill(
  folder: string | null,
  user: string,
): (TillNote & { readonly file: string }) | null {
  if (folder === null) return null;
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return null;
  }
  for (const name of [...names].sort()) {
    const note = readNote(join(folder, name));
    // A copied or renamed note does not count.
    if (note === null || nameOf(note.user) !== name || name === nameOf(user)) continue;
    return { ...note, file: join(folder, name) };
  }
  return null;
}

/** Writes or removes this user's note; false where it cannot be written. */
export function noteTill(folder: string | null, user: string, till: string | null): boolean {
  if (folder === null) return false;
  const file = join(folder, nameOf(user));
  try {
    if (till === null) {
      rmSync(file, { force: true });
      return true;
    }
    mkdirSync(folder, { recursive: true });
    const note: TillNote = { version: 1, user: user.slice(0, 200), till: till.slice(0, 100) };
    writeFileSync(file, `${JSON.stringify(note)}\n`, { mode: 0o644 });
    return true;
  } catch {
    return false;
  }
}
