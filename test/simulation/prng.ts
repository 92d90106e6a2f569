import type { Random } from '../../main/kernel/ports.ts';

/** A seeded source of chance. `fork` gives an independent one, whatever was drawn from this one before. */
export interface Prng {
  /** Uniform in [0, 1). */
  unit(): number;
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  fork(...label: readonly (string | number)[]): Prng;
}

/** cyrb128: spreads a text over the four words of the generator's state. */
function stateOf(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = b ^ Math.imul(a ^ code, 597_399_067);
    b = c ^ Math.imul(b ^ code, 2_869_860_233);
    c = d ^ Math.imul(c ^ code, 951_274_213);
    d = a ^ Math.imul(d ^ code, 2_716_044_179);
  }
  return [a, b, c, d];
}

/** sfc32, seeded by any list of words and numbers. */
export function prngOf(...seed: readonly (string | number)[]): Prng {
  const label = seed.join('/');
  let [a, b, c, counter] = stateOf(label);
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round += 1) next();
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    unit: next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]): T => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
    fork: (...more) => prngOf(label, ...more),
  };
}

/** Draws a key of `weights`, each as likely as its weight says. */
export function weighted<K extends string>(prng: Prng, weights: Readonly<Record<K, number>>): K {
  const entries = Object.entries(weights) as [K, number][];
  let left = prng.unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  const last = entries.at(-1);
  if (last === undefined) throw new RangeError('nothing to draw from');
  return last[0];
}

/** As `main/` asks for chance. */
export const randomOf = (prng: Prng): Random => {
  const bytes = (length: number): Buffer => {
    const made = Buffer.allocUnsafe(length);
    for (let at = 0; at < length; at += 1) made[at] = prng.below(256);
    return made;
  };
  const hex = (length: number) => {
    let text = '';
    while (text.length < length) text += prng.below(0x1_0000).toString(16).padStart(4, '0');
    return text.slice(0, length);
  };
  return {
    unit: prng.unit,
    bytes,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  };
};
