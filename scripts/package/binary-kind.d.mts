export interface BinaryKind {
  readonly platform: string;
  readonly archs: readonly string[];
}
export const HEADER_BYTES: number;
export function binaryKind(bytes: Uint8Array): BinaryKind | null;
export function binaryProblems(
  wanted: { readonly platform: string; readonly arch: string },
  binaries: readonly { readonly path: string; readonly kind: BinaryKind | null }[],
): string[];
