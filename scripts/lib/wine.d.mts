export function inPrefix(
  prefix: string,
  extra?: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined>;
export function ensureWine(): void;
export function makePrefix(folder: string): void;
export function endAllOf(prefix: string): void;
