import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/**
 * A change to one source file that undoes a protection, or opens a layer that would hide another one. For rules of our
 * own, here and in the simulator's controls and mutants: a slip in pure logic has no part to put in its place, and a
 * switch that turns a protection off for a test would be there for everybody. Where a port or an option exists that a test
 * can fill in, it does.
 */
export interface Patch {
  /** From the project's root, e.g. `main/electron/window.ts`. */
  readonly file: string;
  /** Must stand in the file exactly once, or the control is out of date and fails. */
  readonly from: string;
  readonly to: string;
}

/** The text with every patch in it. Throws where one does not fit exactly once. */
export function applied(text: string, patches: readonly Patch[]): string {
  return patches.reduce((before, { file, from, to }) => {
    const parts = before.split(from);
    if (parts.length !== 2) throw new Error(`${file}: found ${parts.length - 1} times: ${from}`);
    return parts.join(to);
  }, text);
}

export const patch = (file: string, from: string, to: string): Patch => ({ file, from, to });

/** Those that do not fit their source, in words: a control is told to move along long before it is built. */
export function misfits(patches: readonly Patch[]): readonly string[] {
  const files = new Set(patches.map(({ file }) => file));
  return [...files].flatMap((file) => {
    try {
      applied(
        readFileSync(join(root, file), 'utf8'),
        patches.filter((patch) => patch.file === file),
      );
      return [];
    } catch (thrown) {
      return [String(thrown)];
    }
  });
}
