import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../../kernel/held-file.ts';

export interface RotatingFileOptions {
  readonly folder: string;
  /** `till` for `till.log`, `till.1.log` and so on, the oldest last. */
  readonly name: string;
  readonly maxBytes: number;
  /** Including the current one. */
  readonly files: number;
}

export interface RotatingFile {
  readonly path: string;
  /** On disk when it returns. Never throws: a till must go on without its log. */
  write(line: string): void;
  close(): void;
}

/** Rotates to `name.1.log` before it grows past `maxBytes`. */
export function openRotatingFile({ folder, name, maxBytes, files }: RotatingFileOptions): RotatingFile {
  const pathOf = (age: number) => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  let descriptor: number | null = null;
  let bytes = 0;

  function open(): number {
    mkdirSync(folder, { recursive: true });
    const opened = openSync(pathOf(0), 'a', 0o600);
    bytes = fstatSync(opened).size;
    return opened;
  }

  function close(): void {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  }

  /** The newest first: where it is held, the older ones stay. */
  function rotate(): void {
    close();
    const turning = join(folder, `${name}.turning.log`);
    renameSync(pathOf(0), turning);
    rmSync(pathOf(files - 1), { force: true });
    for (let age = files - 2; age >= 1; age -= 1) {
      try {
        renameSync(pathOf(age), pathOf(age + 1));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    if (files > 1) renameSync(turning, pathOf(1));
    else rmSync(turning, { force: true });
  }

  return {
    path: pathOf(0),
    close,
    write(line) {
      try {
        descriptor ??= open();
        const size = Buffer.byteLength(line);
        if (bytes > 0 && bytes + size > maxBytes) {
          rotate();
          descriptor = open();
        }
        writeSync(descriptor, line);
        bytes += size;
      } catch {
        // A full or read-only disk loses the line; the next one tries again.
        try {
          close();
        } catch {
          descriptor = null;
        }
      }
    },
  };
}
