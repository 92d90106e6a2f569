import pino from 'pino';
import type { Logger } from '../../kernel/ports.ts';
import { isWorthKnowing, type LogValue, redactText, redactValue } from './redact.ts';
import { openRotatingFile } from './rotating-file.ts';

const MAX_BYTES = 5_000_000;
const FILES = 5;
const LONGEST_VALUE = 4_000;

export interface FileLogger extends Logger {
  readonly path: string;
  /** Masks this text from now on; called for the App key once it is known. */
  hide(secret: string): void;
  close(): void;
}

export interface FileLoggerOptions {
  /** E.g. `<userData>/logs`. */
  readonly folder: string;
  readonly maxBytes?: number;
  readonly files?: number;
}

type Values = Readonly<Record<string, LogValue>>;

/** `till.log`, one JSON object a line, on disk when a call returns, so that lines before a crash survive. Never throws. */
export function createFileLogger({
  folder,
  maxBytes = MAX_BYTES,
  files = FILES,
}: FileLoggerOptions): FileLogger {
  const file = openRotatingFile({ folder, name: 'till', maxBytes, files });
  const known = new Set<string>();
  const lines = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, file);

  const clean = (values: Values): Record<string, LogValue> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const safe = redactValue(name, value, known);
        return [name, typeof safe === 'string' ? safe.slice(0, LONGEST_VALUE) : safe];
      }),
    );
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, values: Values = {}) =>
      lines[level](clean(values), redactText(event, known));

  return {
    path: file.path,
    hide: (secret) => {
      if (isWorthKnowing(secret)) known.add(secret.trim());
    },
    close: () => file.close(),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
