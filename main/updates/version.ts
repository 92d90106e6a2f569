/** Three whole numbers, as `1.4.2`. A release has no suffix; a test build's is taken off. */
export type Version = string;

const SHAPE = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/;

export const isVersion = (text: string): boolean => SHAPE.test(text);

/** The version that a build counts as. */
export const plainVersion = (text: string): Version => text.replace(/-substitute$/, '');

const partsOf = (version: Version): readonly number[] => version.split('.').map(Number);

/** Negative where `one` is the older; both are versions. */
export function compareVersions(one: Version, other: Version): number {
  const others = partsOf(other);
  const differences = partsOf(one).map((part, place) => part - (others[place] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
