/**
 * Watches which seed a worker runs. Whoever hangs in microtasks cannot say so, nor end itself: this belongs
 * into another process. `onLate` hears of a seed that runs longer than it may.
 */
export function createSeedWatch({ limitMs, onLate, schedule = afterRealTime }) {
  let cancel = () => undefined;
  return {
    began: (running) => {
      cancel();
      cancel = schedule(limitMs, () => onLate(running));
    },
    ended: () => cancel(),
  };
}

function afterRealTime(ms, then) {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}
