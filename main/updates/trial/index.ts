export { isUnderWay, markFile } from './mark.ts';
export { type Settled, settleTrial } from './settle.ts';
export { type TillLock, takeTillLock } from './till-lock.ts';
export { tryHere } from './trial.ts';
export { createTryOut, type NewProgram } from './try-out.ts';
