export function makeInstaller(asked: {
  readonly folder: string;
  readonly version: string;
  readonly file: string;
  readonly test?: { readonly proveLimitMs: number; readonly launcher: string };
}): void;
