export interface ElectronLines {
  readonly source: string;
  readonly readOn: string;
  readonly firstOfLine: Readonly<Record<string, string>>;
}
export interface LockFile {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
export interface BillOfMaterials {
  readonly components: readonly { readonly purl: string }[];
}
export function electronProblems(version: string, lines: ElectronLines, nowMs: number): string[];
export function lockProblems(lock: LockFile, npmrc: string): string[];
export function billProblems(
  bill: BillOfMaterials,
  packages: readonly { readonly name: string; readonly version: string }[],
): string[];
export function purlOf(name: string, version: string): string;
export const wantedFuses: Readonly<Record<string, boolean>>;
export function fuseProblems(fuses: Readonly<Record<string, boolean>>): string[];
