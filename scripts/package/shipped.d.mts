export interface Shipped {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly words: string;
}
export function packageFolderOf(moduleId: string): string | null;
export function notePackages(noteFile: string): {
  name: string;
  generateBundle(options: unknown, bundle: Record<string, unknown>): void;
};
export function shippedPackages(folders: readonly string[]): Shipped[];
export function licencesText(packages: readonly Shipped[]): string;
export function billOfMaterials(
  packages: readonly Shipped[],
  product: { readonly name: string; readonly version: string },
  integrityOf: (shipped: Shipped) => string | undefined,
): object;
