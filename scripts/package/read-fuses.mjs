import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** The fuses of a program as they are, by their names; one that its Electron does not have is left out. */
export async function readFuses(program) {
  const wire = await getCurrentFuseWire(program);
  const known = Object.entries(FuseV1Options).filter(([, at]) => wire[at] !== undefined);
  return Object.fromEntries(known.map(([name, at]) => [name, wire[at] === FuseState.ENABLE]));
}
