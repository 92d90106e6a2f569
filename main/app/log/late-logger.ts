import type { Logger } from '../../kernel/ports.ts';

export interface LateLogger extends Logger {
  /** Flushes earlier lines to this logger, and uses it from now on. */
  readonly goTo: (logger: Logger) => void;
}

/** Buffers lines until there is a log. */
export function createLateLogger(): LateLogger {
  let there: Logger | null = null;
  const said: ((logger: Logger) => void)[] = [];
  const say = (line: (logger: Logger) => void): void => {
    if (there === null) said.push(line);
    else line(there);
  };
  return {
    info: (...line) => say((logger) => logger.info(...line)),
    warn: (...line) => say((logger) => logger.warn(...line)),
    error: (...line) => say((logger) => logger.error(...line)),
    goTo: (logger) => {
      there = logger;
      for (const line of said.splice(0)) line(logger);
    },
  };
}
