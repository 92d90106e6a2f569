/** Draws of one seed, so that what was found can be played once more. */
export interface Draws {
  readonly seed: number;
  /** From 0 up to, and without, 1. */
  unit(): number;
  below(most: number): number;
}

/** Set by whoever plays a run once more. */
const asked = process.env['COUNTERFOIL_DISK_SEED'];

export function drawsOf(seed = asked === undefined ? Date.now() % 1_000_000 : Number(asked)): Draws {
  let state = seed >>> 0;
  const unit = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { seed, unit, below: (most) => Math.floor(unit() * most) };
}
