/** Three whole numbers, as `1.4.2`; a test build's suffix is removed. */
export type Version = string;

const SHAPE = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/;

export const isVersion = (text: string): boolean => SHAPE.test(text);

export const plainVersion = (text: string): Version => text.replace(/-substitute$/, '');

const partsOf = (version: Version): readonly number[] => version.split('.').map(Number);

/** Negative where `one` is older. */
export function compareVersions(one: Version, other: Version): number {
  const others = partsOf(other);
  const differences = partsOf(one).map((part, place) => part - (others[place] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
